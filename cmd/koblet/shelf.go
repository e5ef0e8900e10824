package main

import (
	"context"
	"errors"
	"time"

	"koblet/analysis"
	"koblet/cmd/terminal"
	"koblet/reports"
	"koblet/store"
)

// openShelf opens the store of a folder, for the snapshot of a day; a zero day is the newest.
func openShelf(dir string, asOf time.Time) (*analysis.Shelf, error) {
	s, err := openStore(dir)
	if err != nil {
		return nil, err
	}
	return &analysis.Shelf{Store: s, AsOf: asOf}, nil
}

// take gives the shelf's own snapshot, or says how to find one.
func take(ctx context.Context, shelf *analysis.Shelf) (*store.Snapshot, error) {
	snapshot, err := shelf.Take(ctx, time.Time{})
	if errors.Is(err, store.ErrNoSnapshot) {
		return nil, terminal.Cure("koblet snapshots lists what is loaded", "%w", err)
	}
	return snapshot, err
}

// provenance is what a report says of where its figures come from.
func provenance(s *store.Snapshot) reports.Provenance {
	p := reports.Provenance{Program: program(), SnapshotHash: s.Hash, AsOf: s.AsOf}
	for _, f := range s.Receipt.Files {
		p.Files = append(p.Files, reports.File{
			Name: f.File, Table: f.Table, SHA256: f.SHA256, Encoding: f.Encoding,
			PhysicalLines: f.PhysicalLines, Lines: f.Lines, Header: f.Header,
			Loaded: f.Loaded, Rejected: f.Rejected, Findings: f.Findings,
		})
	}
	for _, f := range s.Receipt.Findings {
		p.Findings = append(p.Findings, reports.Found{Reason: f.Reason, Table: f.Table, Column: f.Column, N: f.N, Of: f.Of})
	}
	for _, a := range s.Receipt.Accepted {
		p.Accepted = append(p.Accepted, reports.Accepted{Reason: a.Reason, Table: a.Table, Column: a.Column, N: a.N, Of: a.Of})
	}
	return p
}
