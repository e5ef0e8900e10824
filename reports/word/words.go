package word

import "koblet/queries"

// The words that a document adds of its own.
var (
	wordKey       = queries.Words{Da: "Nøgletal", En: "Key figures"}
	wordContinued = queries.Words{Da: "fortsat", En: "continued"}
	wordDrawn     = queries.Words{Da: "Figur, som er tegnet på rapportens side og i regnearket:", En: "Figure, drawn on the report's page and in the workbook:"}
	wordPage      = queries.Words{Da: "Side", En: "Page"}
	wordOf        = queries.Words{Da: "af", En: "of"}
)

// tags are the languages as a word processor's dictionaries are named.
var tags = queries.Words{Da: "da-DK", En: "en-GB"}
