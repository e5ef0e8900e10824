// Package charts lays charts out: from a chart and its table it makes places along axes, round tops, bands, breaks, words
// that do not touch, and from these the drawings of a page. Workbooks take from it what their native charts need.
//
// What is deliberately not here: no figure is computed; what a chart computes is only where ink goes.
package charts
