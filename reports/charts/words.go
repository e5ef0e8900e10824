package charts

import "koblet/queries"

// The words that a chart adds of its own.
var (
	WordJudged      = queries.Words{Da: "Koblede og ikke koblede tilladelser", En: "Permits linked and unlinked"}
	wordLogarithmic = queries.Words{Da: "logaritmisk akse", En: "logarithmic axis"}
	wordAtRisk      = queries.Words{Da: "Dage efter afgørelsen, og antal fulgt dertil", En: "Days after the decision, and number at risk"}
)
