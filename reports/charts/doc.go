// Package charts lays charts out. In come a chart and its table; out come pictures: axes, figures at their places, and every line and word
// with the pixel where it stands. A kind of chart is described once, here; a page draws all of a picture, a workbook its figures.
//
// What is deliberately not here: no figure is computed; what a chart computes is only where ink goes. Nor is there an option of the
// page's script or a chart of a workbook: those are the printers'.
package charts
