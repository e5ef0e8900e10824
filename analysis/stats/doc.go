// Package stats holds the statistics that the program rests on: numbers in, numbers out. Intervals of fractions and of their
// differences, time to an event with a competing one, limits of funnels and of control charts, direct standardisation. It knows
// no question, no register and no page; each formula names where it was published and is held against values that other software computed.
package stats
