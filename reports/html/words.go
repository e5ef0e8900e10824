package html

import "koblet/queries"

// The words that a page adds of its own.
var (
	wordShow       = queries.Words{Da: "Vis tabellen", En: "Show the table"}
	wordShowDetail = queries.Words{Da: "Vis tallene bag", En: "Show the counts behind"}
	wordRows       = queries.Words{Da: "rækker", En: "rows"}
	wordSkip       = queries.Words{Da: "Gå til indholdet", En: "Skip to the content"}
	wordBands      = queries.Words{Da: "De skraverede bånd er 95 pct.-intervaller.", En: "The shaded bands are 95 per cent intervals."}
	wordWhiskers   = queries.Words{Da: "De tynde streger er 95 pct.-intervaller.", En: "The thin lines are 95 per cent intervals."}
	wordOwnAxis    = queries.Words{Da: "Hver delfigur har sin egen lodrette akse.", En: "Each panel has its own vertical axis."}
	wordDashed     = queries.Words{Da: "Stiplede linjer:", En: "Dashed lines:"}
)
