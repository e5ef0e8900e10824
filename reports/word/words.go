package word

import "koblet/queries"

// The words that a document adds of its own.
var (
	wordPage = queries.Words{Da: "Side", En: "Page"}
	wordOf   = queries.Words{Da: "af", En: "of"}
)

// tags are the languages as a word processor's dictionaries are named.
var tags = queries.Words{Da: "da-DK", En: "en-GB"}
