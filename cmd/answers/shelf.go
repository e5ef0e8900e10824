// Package answers is what commands do with a store: open it for the snapshot of a day, ask it by itself or within the fence, and print what
// comes in the format that was asked for, with the cure beside what is refused.
//
// In come a folder, a day and a question or statement; out go rows, results and reports on a writer.
//
// Deliberately not here: flags and their help (koblet), how a report is laid out (reports) and drawn (its printers).
package answers

import (
	"context"
	"errors"
	"time"

	"koblet/analysis"
	"koblet/analysis/judge"
	"koblet/cmd/terminal"
	"koblet/queries"
	"koblet/reports"
	"koblet/store"
)

// OpenShelf opens the store of a folder, for the snapshot of a day; a zero day is the newest.
func OpenShelf(dir string, asOf time.Time) (*analysis.Shelf, error) {
	s, err := OpenStore(dir)
	if err != nil {
		return nil, err
	}
	return &analysis.Shelf{Store: s, AsOf: asOf}, nil
}

// Take gives the shelf's own snapshot, or says how to find one.
func Take(ctx context.Context, shelf *analysis.Shelf) (*store.Snapshot, error) {
	snapshot, err := shelf.Take(ctx, time.Time{})
	if errors.Is(err, store.ErrNoSnapshot) {
		return nil, terminal.Cure("koblet snapshots lists what is loaded", "%w", err)
	}
	return snapshot, err
}

// Provenance is what a report says of where its figures come from.
func Provenance(s *store.Snapshot, program string) reports.Provenance {
	p := reports.Provenance{Program: program, SnapshotHash: s.Hash, AsOf: s.AsOf}
	for _, f := range s.Receipt.Files {
		p.Files = append(p.Files, reports.File{
			Name: f.File, Table: f.Table, SHA256: f.SHA256, Encoding: f.Encoding,
			PhysicalLines: f.PhysicalLines, Lines: f.Lines, Header: f.Header,
			Loaded: f.Loaded, Rejected: f.Rejected, Findings: f.Findings,
		})
	}
	for _, f := range s.Receipt.Findings {
		found := reports.Found{Reason: f.Reason, Table: f.Table, Column: f.Column, N: f.N, Of: f.Of}
		if share, applies := judge.ShareFound(f); applies {
			found.Share = share
		}
		p.Findings = append(p.Findings, found)
	}
	for _, a := range s.Receipt.Accepted {
		p.Accepted = append(p.Accepted, reports.Accepted{Reason: a.Reason, Table: a.Table, Column: a.Column, N: a.N, Of: a.Of})
	}
	return p
}

// Asking is a question and what it is asked for.
type Asking struct {
	Question queries.Question
	Scope    analysis.Scope
}

// Answer opens the snapshot of a day, puts the question and closes it again.
func (a Asking) Answer(ctx context.Context, dir string, asOf time.Time, program string) (analysis.Result, reports.Provenance, error) {
	shelf, err := OpenShelf(dir, asOf)
	if err != nil {
		return analysis.Result{}, reports.Provenance{}, err
	}
	defer shelf.Close()
	snapshot, err := Take(ctx, shelf)
	if err != nil {
		return analysis.Result{}, reports.Provenance{}, err
	}
	result, err := analysis.Run(ctx, snapshot, a.Question, a.Scope)
	return result, Provenance(snapshot, program), err
}

// OpenStore adds the cure to a store that is not there.
func OpenStore(dir string) (*store.Store, error) {
	s, err := store.Open(dir)
	if errors.Is(err, store.ErrNoStore) {
		return nil, terminal.Cure("koblet load --help says how to fill one; --store names another", "%w", err)
	}
	return s, err
}
