// Package analysis turns what a question's SQL counted into figures that can be published: rates with their intervals,
// fractions, studies held against what was published, and the doubts that belong to each. What comes in is a snapshot and
// a question; what goes out is a Result, which any printer draws. Nothing here knows how a figure looks on a page, and no
// SQL is written here. What every figure means is in docs/method.md; the words of this room follow.
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
// Difference: the rate of one group less that of another, a fraction; 0.07 is 7 percentage points. Its interval is
// Newcombe's hybrid score interval (method 10) at 95 per cent, made of the two Wilson intervals.
//
// Age: days from a permit's decision to the as-of day. Equal age: every permit judged by what had become of it at one and
// the same age, permits not yet that old left out and counted; a difference at equal age is not one of waiting time.
//
// Settled: said of a period whose youngest permit is 365 days old on the as-of day. Till then its figures are provisional.
//
// Run-off: the unlinked rate of a cohort at one age after another. In the run-off triangle, cohorts down and ages across,
// a cell is filled only where the whole cohort had that age by the as-of day. Lapsed permits are kept.
//
// Follow-up: the days from a permit's decision to its exit: its link, else its lapse, else the as-of day. At risk on a day:
// the permits whose exit is not on an earlier day. On one day a link comes before a lapse, and a lapse before censoring.
//
// Censored: said of a permit neither linked nor lapsed when its follow-up ends, which is all that is known of it.
//
// Cumulative incidence: the fraction of a group that has had an event, a link, by a day, estimated from those at risk on each
// day up to it (Aalen–Johansen). Lapse is a competing event: who has lapsed can no longer be linked, which censoring would
// deny. Unlinked, in time to link: 1 − the cumulative incidence of a link; where nothing lapses, Kaplan and Meier's curve.
//
// Log-log limits: the 95 per cent bounds of unlinked, from the delta-method variance of Marubini and Valsecchi, symmetric on
// the scale log(−log u); where nothing lapses they are Greenwood's. At 0 and 1 they are not applicable.
//
// Direct standardisation: the rates that two cohorts would have with one mix of categories, each category weighted by the two
// cohorts' pooled permits; only categories that both have. Its limits are normal.
//
// Steps of a difference: age, the raw less the equal-age difference; mix, the equal-age less the standardised difference;
// rest, the standardised difference. Rest is what neither age nor mix accounts for, and no more is claimed of it.
//
// Funnel limits: the 95 and 99.8 per cent limits of the exact binomial distribution around the national rate, for a
// municipality of each size. They are drawn interpolated; whether a municipality is outside is judged by the exact chance.
//
// p-chart: monthly rates with limits 3 standard errors from the rate of the last 24 months, whose youngest permit must be old
// enough to be judged. Signal: a month beyond the limits, or the eighth or later in a row on one side of that rate.
//
// Not applicable: the outcome of a question that the snapshot cannot answer, or whose denominator is empty.
package analysis
