package reports

import "koblet/queries"

// UnitShare is the unit of a fraction, which prints as per cent.
const UnitShare = "share"

// UnitSmall is the unit of a fraction that tells even where it is small, such as that of wrong values among many rows.
const UnitSmall = "small_share"

// UnitDigits is the unit of counts that are looked for by program in what is printed: they have no thousands mark.
const UnitDigits = "digits"

// UnitDeviations is the unit of a standardised difference: standard deviations, in hundredths.
const UnitDeviations = "sd"

// units are the words that stand for units in the head of a column.
var units = map[string]queries.Words{
	UnitShare:  {Da: "pct.", En: "per cent"},
	UnitSmall:  {Da: "pct.", En: "per cent"},
	UnitFine:   {Da: "pct.", En: "per cent"},
	UnitDigits: {Da: "antal", En: "number"},
	"permits":  {Da: "antal", En: "number"},
	"persons":  {Da: "personer", En: "persons"},
	"numbers":  {Da: "numre", En: "numbers"},
	"days":     {Da: "dage", En: "days"},
	"lines":    {Da: "linjer", En: "lines"},
	"rows":     {Da: "rækker", En: "rows"},
	"findings": {Da: "antal", En: "number"},
	"records":  {Da: "antal", En: "number"},
	"day":      {},

	unitPoints:     {Da: "pct.-point", En: "pct. points"},
	unitFinePoints: {Da: "pct.-point", En: "pct. points"},
	UnitDeviations: {Da: "standardafvigelser", En: "standard deviations"},
	"years":        {Da: "år", En: "years"},
}

// The words that several printers add, and those of the builder.
var (
	wordPercent     = queries.Words{Da: "pct.", En: "per cent"}
	wordUnder       = queries.Words{Da: "under", En: "under"}
	wordOver        = queries.Words{Da: "over", En: "over"}
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
	wordFinal           = queries.Words{Da: "Alle årgange er afsluttet; senere koblinger kan stadig ændre tallene", En: "Final: all cohorts are closed; later links can still change the figures"}
	wordProvisionalSign = queries.Words{
		Da: "(f) betyder foreløbigt tal: periodens nyeste tilladelse er under 365 dage gammel på opgørelsesdatoen.",
		En: "(f) means provisional: the period's youngest permit is less than 365 days old on the as-of day.",
	}
	wordProvisionalPeriod = queries.Words{ // where no permits are counted
		Da: "(f) betyder foreløbigt tal: periodens sidste dag ligger mindre end 365 dage før opgørelsesdatoen eller efter den.",
		En: "(f) means provisional: the period's last day lies less than 365 days before the as-of day, or after it.",
	}
	wordWhatCounts  = queries.Words{Da: "Hvad der tælles:", En: "What counts:"}
	WordContents    = queries.Words{Da: "Indhold", En: "Contents"}
	WordNotes       = queries.Words{Da: "Noter", En: "Notes"}
	WordFigure      = queries.Words{Da: "Figur", En: "Figure"}
	WordTable       = queries.Words{Da: "Tabel", En: "Table"}
	WordContinued   = queries.Words{Da: "fortsat", En: "continued"}
	WordKey         = queries.Words{Da: "Nøgletal", En: "Key figures"}
	WordDrawn       = queries.Words{Da: "Figur, som er tegnet på rapportens side og i regnearket:", En: "Figure, drawn on the report's page and in the workbook:"}
	wordCounts      = queries.Words{Da: "tal", En: "counts"}
	wordFigureBelow = queries.Words{Da: "Tallene fremgår af tabellen under figuren.", En: "The figures are in the table below."}
	WordNone        = queries.Words{Da: "Ingen tal:", En: "No figures:"}
	wordUnknown     = queries.Words{Da: "Uoplyst", En: "Not stated"}
	wordAsked       = queries.Words{Da: "Spørgsmål", En: "Questions"}
)
