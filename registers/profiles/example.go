package profiles

import _ "embed" // for the example

// Example is a profile in which every key stands once, with what it means: the manual's page, and the help.
//
//go:embed example.toml
var Example string
