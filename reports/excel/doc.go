// Package excel writes a report as a workbook.
package excel
