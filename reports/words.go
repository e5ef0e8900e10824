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

// The words that several printers add, and those of the builder.
var (
	wordPercent     = queries.Words{Da: "pct.", En: "per cent"}
	wordYes         = queries.Words{Da: "ja", En: "yes"}
	wordNo          = queries.Words{Da: "nej", En: "no"}
	wordInterval    = queries.Words{Da: "95 pct.-interval", En: "95 per cent interval"}
	WordNote        = queries.Words{Da: "Anm.:", En: "Note:"}
	WordSource      = queries.Words{Da: "Kilde:", En: "Source:"}
	wordTotal       = queries.Words{Da: "I alt", En: "Total"}
	WordAsOf        = queries.Words{Da: "Opgjort pr.", En: "As of"}
	wordInternal    = queries.Words{Da: "Intern udgave", En: "Internal edition"}
	wordPublic      = queries.Words{Da: "Offentlig udgave", En: "Public edition"}
	WordInternalUse = queries.Words{
		Da: "Intern udgave: små tal er ikke skjult. Må ikke offentliggøres.",
		En: "Internal edition: small counts are not hidden. Not for publication.",
	}
	wordProvisional     = queries.Words{Da: "Foreløbige tal", En: "Provisional"}
	wordFinal           = queries.Words{Da: "Endelig: alle årgange er afsluttet; senere koblinger kan stadig ændre tallene", En: "Final: all cohorts are closed; later links can still change the figures"}
	wordProvisionalSign = queries.Words{
		Da: "(f) betyder foreløbigt tal: periodens nyeste tilladelse er under 365 dage gammel på opgørelsesdatoen.",
		En: "(f) means provisional: the period's youngest permit is less than 365 days old on the as-of day.",
	}
	wordWhatCounts  = queries.Words{Da: "Hvad der tælles:", En: "What counts:"}
	WordContents    = queries.Words{Da: "Indhold", En: "Contents"}
	WordNotes       = queries.Words{Da: "Noter", En: "Notes"}
	WordFigure      = queries.Words{Da: "Figur", En: "Figure"}
	WordTable       = queries.Words{Da: "Tabel", En: "Table"}
	wordCounts      = queries.Words{Da: "tal", En: "counts"}
	wordFigureBelow = queries.Words{Da: "Tallene fremgår af tabellen under figuren.", En: "The figures are in the table below."}
	WordNone        = queries.Words{Da: "Ingen tal:", En: "No figures:"}
	wordUnknown     = queries.Words{Da: "ukendt", En: "unknown"}
	WordSigns       = queries.Words{
		Da: "– betyder, at et tal ikke kan beregnes. (f) betyder foreløbigt tal: årets nyeste tilladelse er under 365 dage gammel på opgørelsesdatoen.",
		En: "– means that a figure cannot be computed. (f) means provisional: the year's youngest permit is less than 365 days old on the as-of day.",
	}
	wordAsked = queries.Words{Da: "Spørgsmål", En: "Questions"}
)
