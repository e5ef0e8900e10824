package main

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// mostGiven is how large a file that somebody wrote for koblet may be: a profile, a study, a question.
const mostGiven = 8 << 20

var errTooLarge = errors.New("larger than 8 MiB, and nothing that somebody wrote")

// readGiven reads such a file whole. What has no end, or waits for somebody to write, is no such file.
func readGiven(path string) ([]byte, error) {
	found, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", path, plainly(err))
	case found.IsDir():
		return nil, fmt.Errorf("%s: a folder, not a file", path)
	case !found.Mode().IsRegular():
		return nil, fmt.Errorf("%s: a pipe or a device, not a file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, plainly(err))
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostGiven+1))
	if err == nil && len(text) > mostGiven {
		err = errTooLarge
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, plainly(err))
	}
	return text, nil
}
