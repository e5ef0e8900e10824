// Package print writes reports for a terminal and in Markdown, and reports and answers for machines: CSV and JSON, whole or row by row.
package print
