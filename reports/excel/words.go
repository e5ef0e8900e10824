package excel

import "koblet/queries"

// The words that a workbook adds of its own.
var (
	wordCover        = queries.Words{Da: "Forside", En: "Cover"}
	wordSheet        = queries.Words{Da: "Ark", En: "Sheet"}
	wordContent      = queries.Words{Da: "Indhold", En: "Content"}
	wordNotesContent = queries.Words{Da: "Hvad der gælder for alle tal i rapporten", En: "What holds for every figure of the report"}
	wordBreaks       = queries.Words{Da: "Ændringer i lov og praksis:", En: "Changes of law and practice:"}
	wordMark         = queries.Words{Da: "Mærke", En: "Mark"}
	wordNotesBelow   = queries.Words{Da: "Noter og kilde: række %d", En: "Notes and source: row %d"}
)
