// Package analysis turns what a question's SQL counted into figures that can be published: rates with their intervals,
// fractions, studies held against what was published, and the doubts that belong to each. What comes in is a snapshot and
// a question; what goes out is a Result, which any printer draws. Nothing here knows how a figure looks on a page, and no
// SQL is written here.
//
// # Glossary
//
// Tally: three whole counts, pass, fail and unknown, that sum to the rows in scope; total is their sum.
//
// Rate: fail ÷ (pass + fail), a fraction. Where that denominator is 0 the rate is not applicable, never 0.
//
// Interval: the Wilson score interval at 95 per cent. The registers are fully counted, so it describes chance as if
// permits were independent; families are not, so it is likely too narrow.
//
// Spread: a count by keys, with the fraction it is of the count over all rows that share some of those keys.
//
// Scope: what a question is asked for: the period of the decision, the categories, and the question's own parameters.
//
// Period: a year, a month or a day of decisions, both ends included.
//
// Not applicable: the outcome of a question that the snapshot cannot answer, or whose denominator is empty.
package analysis
