package analysis

import (
	"math"
	"strconv"
	"strings"

	"koblet/queries"
)

// The figures of a note, as running text has them. A note is a sentence in two languages, so its figures are set here and
// not by a printer.

// percentWords is a fraction with one decimal: 9,8 pct., 9.8 per cent. Halves are rounded away from 0, as printers do.
func percentWords(fraction float64) queries.Words {
	rounded := math.Round(fraction*1000+math.Copysign(1e-9, fraction)) / 10
	text := strconv.FormatFloat(rounded, 'f', 1, 64)
	return queries.Words{Da: strings.ReplaceAll(text, ".", ",") + " pct.", En: text + " per cent"}
}

// countWords is a whole number with its thousands marked: 3.478, 3,478.
func countWords(n int64) queries.Words {
	digits := strconv.FormatInt(n, 10)
	for at := len(digits) - 3; at > 0 && digits[at-1] != '-'; at -= 3 {
		digits = digits[:at] + "." + digits[at:]
	}
	return queries.Words{Da: digits, En: strings.ReplaceAll(digits, ".", ",")}
}

// say puts figures in the places of a sentence, each written {}, in both languages. The stop of »pct.« ends a sentence too.
func say(da, en string, figures ...queries.Words) queries.Words {
	for _, f := range figures {
		da, en = strings.Replace(da, "{}", f.Da, 1), strings.Replace(en, "{}", f.En, 1)
	}
	return queries.Words{Da: strings.ReplaceAll(da, "pct..", "pct."), En: en}
}

// joined lists words with commas between them.
func joined(words []queries.Words) queries.Words {
	var da, en []string
	for _, w := range words {
		da, en = append(da, w.Da), append(en, w.En)
	}
	return queries.Words{Da: strings.Join(da, ", "), En: strings.Join(en, ", ")}
}

// same is a word that both languages write alike, such as a year or a name.
func same(text string) queries.Words { return queries.Words{Da: text, En: text} }
