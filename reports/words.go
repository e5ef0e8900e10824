package reports

import "koblet/queries"

// UnitShare is the unit of a fraction, which prints as per cent.
const UnitShare = "share"

// units are the words that stand for units in the head of a column.
var units = map[string]queries.Words{
	UnitShare:  {Da: "pct.", En: "per cent"},
	"permits":  {Da: "antal", En: "number"},
	"persons":  {Da: "personer", En: "persons"},
	"numbers":  {Da: "numre", En: "numbers"},
	"days":     {Da: "dage", En: "days"},
	"lines":    {Da: "linjer", En: "lines"},
	"rows":     {Da: "rækker", En: "rows"},
	"findings": {Da: "antal", En: "number"},
	"day":      {},
	"years":    {Da: "år", En: "years"},
}

// The words that printers add of their own.
var (
	wordPercent     = queries.Words{Da: "pct.", En: "per cent"}
	wordYes         = queries.Words{Da: "ja", En: "yes"}
	wordNo          = queries.Words{Da: "nej", En: "no"}
	wordInterval    = queries.Words{Da: "95 pct.-interval", En: "95 per cent interval"}
	wordNote        = queries.Words{Da: "Anm.:", En: "Note:"}
	wordSource      = queries.Words{Da: "Kilde:", En: "Source:"}
	wordTotal       = queries.Words{Da: "I alt", En: "Total"}
	wordAsOf        = queries.Words{Da: "Opgjort pr.", En: "As of"}
	wordInternal    = queries.Words{Da: "Intern udgave", En: "Internal edition"}
	wordPublic      = queries.Words{Da: "Offentlig udgave", En: "Public edition"}
	wordInternalUse = queries.Words{
		Da: "Intern udgave: små tal er ikke skjult. Må ikke offentliggøres.",
		En: "Internal edition: small counts are not hidden. Not for publication.",
	}
	wordProvisional = queries.Words{Da: "Foreløbig", En: "Provisional"}
	wordFinal       = queries.Words{Da: "Endelig", En: "Final"}
	wordContents    = queries.Words{Da: "Indhold", En: "Contents"}
	wordCover       = queries.Words{Da: "Forside", En: "Cover"}
	wordNotes       = queries.Words{Da: "Noter", En: "Notes"}
	wordFigure      = queries.Words{Da: "Figur", En: "Figure"}
	wordTable       = queries.Words{Da: "Tabel", En: "Table"}
	wordKey         = queries.Words{Da: "Nøgletal", En: "Key figures"}
	wordShow        = queries.Words{Da: "Vis tabellen", En: "Show the table"}
	wordShowDetail  = queries.Words{Da: "Vis tallene bag", En: "Show the counts behind"}
	wordCounts      = queries.Words{Da: "tal", En: "counts"}
	wordRows        = queries.Words{Da: "rækker", En: "rows"}
	wordFigureBelow = queries.Words{Da: "Tallene står i tabellen under figuren.", En: "The figures are in the table below."}
	wordSkip        = queries.Words{Da: "Gå til indholdet", En: "Skip to the content"}
	wordSheet       = queries.Words{Da: "Ark", En: "Sheet"}
	wordContent     = queries.Words{Da: "Indhold", En: "Content"}
	wordNone        = queries.Words{Da: "Ingen tal:", En: "No figures:"}
	wordUnknown     = queries.Words{Da: "ukendt", En: "unknown"}
	wordSigns       = queries.Words{
		Da: "– betyder, at et tal ikke kan beregnes. (f) betyder foreløbigt tal: årets yngste tilladelse er under 365 dage gammel på opgørelsesdagen.",
		En: "– means that a figure cannot be computed. (f) means provisional: the year's youngest permit is less than 365 days old on the as-of day.",
	}
	wordNotesContent = queries.Words{Da: "Hvad der gælder for alle tal i rapporten", En: "What holds for every figure of the report"}
	wordPublished    = queries.Words{Da: "Offentliggjorte tal, som figuren viser", En: "Published figures shown in the chart"}
	wordSeries       = queries.Words{Da: "Figurens serier", En: "Series of the chart"}
	wordBreaks       = queries.Words{Da: "Ændringer af lov og praksis:", En: "Changes of law and practice:"}
	wordAsked        = queries.Words{Da: "Spørgsmål", En: "Questions"}
	wordJudged       = queries.Words{Da: "Koblede og ikke koblede tilladelser", En: "Permits linked and unlinked"}
	wordLogarithmic  = queries.Words{Da: "logaritmisk akse", En: "logarithmic axis"}
	wordAtRisk       = queries.Words{Da: "Dage efter afgørelsen, og antal fulgt dertil", En: "Days after the decision, and number at risk"}
	wordOwnAxis      = queries.Words{Da: "Hver delfigur har sin egen lodrette akse.", En: "Each panel has its own vertical axis."}
)
