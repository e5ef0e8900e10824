package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"koblet/analysis"
	"koblet/queries"
	"koblet/reports"
	"koblet/store"
)

// shelf holds the snapshots that one command reads, each opened once, until close.
type shelf struct {
	store *store.Store
	asOf  time.Time // the day that is meant where none is named; zero is the newest
	open  map[time.Time]*store.Snapshot
}

func openShelf(dir string, asOf time.Time) (*shelf, error) {
	s, err := openStore(dir)
	if err != nil {
		return nil, err
	}
	return &shelf{store: s, asOf: asOf, open: map[time.Time]*store.Snapshot{}}, nil
}

// take gives the snapshot of a day.
func (s *shelf) take(ctx context.Context, day time.Time) (*store.Snapshot, error) {
	if snapshot, ok := s.open[day]; ok {
		return snapshot, nil
	}
	snapshot, err := s.store.Snapshot(ctx, day)
	if errors.Is(err, store.ErrNoSnapshot) {
		return nil, cure("koblet snapshots lists what is loaded", "%w", err)
	}
	if err != nil {
		return nil, err
	}
	s.open[day] = snapshot
	return snapshot, nil
}

// source answers the questions of a report.
func (s *shelf) source(ctx context.Context, a reports.Asked) (analysis.Result, error) {
	q, err := queries.Find(a.Question)
	if err != nil {
		return analysis.Result{}, err
	}
	scope := analysis.Scope{Categories: a.Categories, Params: a.Params}
	for _, end := range []struct {
		text string
		into *analysis.Period
	}{{a.From, &scope.From}, {a.To, &scope.To}} {
		if end.text == "" {
			continue
		}
		if *end.into, err = analysis.ParsePeriod(end.text); err != nil {
			return analysis.Result{}, fmt.Errorf("%s: %w", a.Question, err)
		}
	}
	day := a.AsOf
	if day.IsZero() {
		day = s.asOf
	}
	snapshot, err := s.take(ctx, day)
	if errors.Is(err, store.ErrNoSnapshot) {
		return analysis.Result{}, reports.ErrNoSnapshot
	}
	if err != nil {
		return analysis.Result{}, err
	}
	return analysis.Run(ctx, snapshot, q, scope)
}

// close closes every snapshot; they were only read, so nothing can be lost by it.
func (s *shelf) close() {
	for _, snapshot := range s.open {
		_ = snapshot.Close()
	}
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
	for _, a := range s.Receipt.Accepted {
		p.Accepted = append(p.Accepted, reports.Accepted{Reason: a.Reason, Table: a.Table, Column: a.Column, N: a.N, Of: a.Of})
	}
	return p
}
