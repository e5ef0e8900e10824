package registers

var encodings = []string{"utf-8", "iso-8859-1", "windows-1252"}
