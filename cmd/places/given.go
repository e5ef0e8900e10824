package places

import (
	"errors"
	"fmt"
	"io"
	"os"

	"koblet/cmd/terminal"
)

// MostGiven is how large a file that somebody wrote for koblet may be: a profile, a study, a question.
const MostGiven = 8 << 20

// ErrTooLarge is one that is larger.
var ErrTooLarge = errors.New("larger than 8 MiB, and nothing that somebody wrote")

// Given reads such a file whole. What has no end, or waits for somebody to write, is no such file.
func Given(path string) ([]byte, error) {
	found, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", path, terminal.Plainly(err))
	case found.IsDir():
		return nil, fmt.Errorf("%s: a folder, not a file", path)
	case !found.Mode().IsRegular():
		return nil, fmt.Errorf("%s: a pipe or a device, not a file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, terminal.Plainly(err))
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, MostGiven+1))
	if err == nil && len(text) > MostGiven {
		err = ErrTooLarge
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, terminal.Plainly(err))
	}
	return text, nil
}
