// Package disclosure hides counts of a report so that no small one of them can be recomputed: counts and identities in, verdicts out.
//
// All tables of a report are one System. Every count that is published is a cell of it, every sum that a reader can form is an identity, and
// what readers can only infer, such as a complement or an unpublished joint table, is a latent cell. Protect hides the unsafe cells (primary
// suppression) and then as many others as it takes (secondary suppression), until each unsafe count could, as far as the published figures
// tell, be anything from 1 to one less than the threshold. The proof is a witness for each of those values: a whole world of counts that
// agrees with all that is shown. Attack is the opposite side: it computes what a reader who solves the identities exactly gets to know.
//
// What is deliberately not here: no question, store or report is known, nothing is rounded, and no clock is read: the same system has the
// same pattern. The words are those of the field (Hundepool and others, Statistical Disclosure Control, 2012).
package disclosure
