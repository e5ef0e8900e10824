package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"koblet/cmd/places"
	"koblet/cmd/terminal"
	"koblet/registers/profiles"
	"koblet/reports"
	"koblet/reports/accounts"
	"koblet/store"
	"koblet/store/extract"
)

// suggest writes the profile that the files of a load suggest, and says what is still to be done. A file that is there stays:
// somebody may have corrected it.
func suggest(ctx context.Context, t terminal.Terminal, l store.Loading, path string) error {
	if len(l.Carl2Persons)+len(l.Carl2Permits)+len(l.Carl2)+len(l.CPR) == 0 {
		return errors.New("load: --suggest-profile: no file is given to look at")
	}
	to, err := places.Named(t, "--suggest-profile", path, places.Apart{Files: slices.Concat(l.Carl2Persons, l.Carl2Permits, l.Carl2, l.CPR)})
	if err != nil {
		return fmt.Errorf("load: %w", err)
	}
	if _, err := os.Lstat(path); err == nil && to.Kind == 0 && to.Path != "" {
		return terminal.Cure("name another file, or take it away", "load: --suggest-profile: %s: a file is there already", path)
	}
	suggested, err := extract.Suggest(l.Delivery())
	if err != nil {
		return fmt.Errorf("load: %w", err)
	}
	if _, err := profiles.Parse(path, []byte(suggested.Text)); err != nil {
		return fmt.Errorf("load: --suggest-profile: %w", err)
	}
	err = to.Fill(ctx, t, places.OfEverybody, func(w io.Writer) error {
		_, err := io.WriteString(w, suggested.Text)
		return err
	})
	if err != nil || to.Path == "" {
		return within("load", err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", path)
	open := 0
	for _, s := range suggested.Tables {
		fmt.Fprintf(&b, "%s: %d columns by their names, %d guessed", s.Table, s.Found, s.Guessed)
		if len(s.Lacking) > 0 {
			fmt.Fprintf(&b, ", to fill in: %s", strings.Join(s.Lacking, ", "))
		}
		if s.Unknown > 0 {
			fmt.Fprintf(&b, ", texts of codes that nobody knows: %d", s.Unknown)
		}
		if len(s.TwoDigits) > 0 {
			fmt.Fprintf(&b, ", days with two-digit years, to be delivered with four: %s", strings.Join(s.TwoDigits, ", "))
		}
		b.WriteString("\n")
		open += len(s.Lacking) + s.Unknown
	}
	next := "\nnothing is loaded; the guesses are marked in the file; then:\n\n  koblet load --profile %s --as-of DAY …\n"
	if open > 0 {
		next = "\nnothing is loaded; fill in what the file marks with # ?, look at the guesses; then:\n\n  koblet load --profile %s --as-of DAY …\n"
	}
	fmt.Fprintf(&b, next, path)
	_, err = io.WriteString(t.Out, b.String())
	return err
}

// suggestsAlone refuses what says nothing where a profile is suggested.
func suggestsAlone(flags *pflag.FlagSet) error {
	for _, f := range [...]struct{ name, why string }{{"profile", "it suggests one"}, {"out", "its file is the profile"}, {"lang", "a profile has no language"}} {
		if flags.Changed(f.name) {
			return fmt.Errorf("load: --suggest-profile: takes no --%s: %s", f.name, f.why)
		}
	}
	return nil
}

// headerCure is what helps where the header is not what it should be.
func headerCure(l store.Loading) string {
	if len(l.Profile.Tables) > 0 {
		return "koblet load --explain shows what is read as what; koblet help profile-file, what a profile says"
	}
	return "koblet load --suggest-profile profile.toml … looks at the files and writes a profile for them"
}

// explain prints how the files would be read, as far as they can be, and ends with what a load would be refused for.
func explain(ctx context.Context, t terminal.Terminal, l store.Loading, how accounting) error {
	all, wrong := extract.Explain(l.Delivery())
	if len(all) > 0 || wrong == nil {
		err := how.print(ctx, t, all, func(language, program string) reports.Report { return accounts.Explained(all, language, program) })
		if err != nil {
			return within("load", err)
		}
	}
	if errors.Is(wrong, extract.ErrHeader) {
		return terminal.Cure(headerCure(l), "load: %w", wrong)
	}
	return within("load", wrong)
}
