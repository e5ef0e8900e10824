package main

import (
	"context"
	"errors"

	"koblet/cmd/terminal"
	"koblet/reports"
	"koblet/reports/accounts"
	"koblet/store"
	"koblet/store/extract"
)

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
