package registers

import "fmt"

// Places says how messages name the columns of a file: by their number from 1, or by the letters that a sheet shows.
type Places struct {
	Sheet bool
	Left  int // columns of the sheet that stand in front of the table
}

// Name is what a column is called in the file, counted from 0: 3, or C.
func (p Places) Name(column int) string {
	if p.Sheet {
		return Letters(p.Left + column)
	}
	return fmt.Sprint(column + 1)
}

// Letters names a sheet's column, counted from 0, as Excel does: AB for 27.
func Letters(column int) string {
	letters := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return letters
}
