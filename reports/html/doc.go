// Package html writes a report as one page that opens with the network cable out.
package html
