package extract

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"koblet/registers"
	"koblet/registers/characters"
	"koblet/registers/records"
)

// encodingError is a text that is in another encoding than the profile says.
type encodingError struct {
	path, declared, seems string
	cause                 error // nil where it could be read so, and every letter would be another
}

func (e *encodingError) Error() string {
	text := fmt.Sprintf("the profile says %s, but the bytes look like %s; %s", e.declared, e.seems, encodingCure(e.seems))
	if e.cause != nil {
		text = e.cause.Error() + "; " + text
	}
	return e.path + ": " + text
}

// encodingCure is what to write in the profile.
func encodingCure(encoding string) string {
	return fmt.Sprintf("encoding = %q in the profile reads it", encoding)
}

// otherEncoding is the encoding that a text's beginning seems to be in, where that is not the declared one; else it is empty.
// ISO-8859-1 is a part of windows-1252, and letters a to z alone tell nothing.
func (e *extract) otherEncoding(head []byte) string {
	if e.Encoding == "" || !bytes.ContainsFunc(head, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return ""
	}
	switch found, err := characters.DetectEncoding(characters.WithLineFeeds(bytes.NewReader(head), e.lineMark)); {
	case err != nil || found == e.Encoding || found == "iso-8859-1" && e.Encoding == "windows-1252":
		return ""
	case found == "iso-8859-1":
		return "windows-1252"
	default:
		return found
	}
}

// lookAnyway looks at a file again without what the profile says of it that was wrong, to show what it is.
func (e *extract) lookAnyway(wrong error, tables []registers.Table) error {
	if encoding, ok := errors.AsType[*encodingError](wrong); ok {
		e.Encoding = encoding.seems
		return e.look()
	}
	e.Format, e.sheet = "", ""
	return e.lookSheets(tables)
}

// CureOf is what helps where lines are rejected for their bytes, in a text of which the profile says another encoding than it seems to
// be in; else it is empty.
func (e *extract) CureOf(reason string) string {
	if e.seems != "" && reason == string(records.NotUTF8) {
		return encodingCure(e.seems)
	}
	return ""
}
