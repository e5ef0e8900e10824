package registers

import _ "embed" // for the example

// ProfileExample is a profile in which every key stands once, with what it means: the manual's page, and the help.
//
//go:embed profile_example.toml
var ProfileExample string
