package queries_test

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"koblet/analysis"
	"koblet/queries"
	"koblet/registers/synthetic"
	"koblet/store"
)

// askedAs are the scopes in which each question is timed, as far as it takes their filters; the first asks for everything.
var askedAs = []struct {
	name  string
	scope analysis.Scope
}{
	{"all", analysis.Scope{}},
	{"expected", analysis.Scope{Params: map[string]string{"expected": "true"}}},
	{"first_only", analysis.Scope{Params: map[string]string{"first_only": "true"}}},
	{"once", analysis.Scope{Params: map[string]string{"once_per_person": "true"}}},
	{"filtered", analysis.Scope{From: years(2009), To: years(2014), Categories: []string{"asylum", "family"}}},
}

func years(y int) analysis.Period {
	return analysis.Period{First: time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC), Last: time.Date(y, 12, 31, 0, 0, 0, 0, time.UTC)}
}

// timing is how long one question took in one scope, the median of the runs: by the clock, and of the processors, which
// other work on the machine does not lengthen.
type timing struct {
	name      string
	wall, cpu time.Duration
	rows      int // of the answer
}

// benchRuns is how many times each question is asked in each scope.
const benchRuns = 3

// BenchmarkQuestions times every question of the catalogue on one snapshot, one sub-benchmark each, and prints the slowest
// five. The snapshot is that of the store named by KOBLET_BENCH_STORE, and the process's peak memory is then printed, too; else
// it is invented, with KOBLET_BENCH_ROWS permits, 1 million unless set.
func BenchmarkQuestions(b *testing.B) {
	snapshot := benchSnapshot(b)
	var all []timing
	var total timing
	for _, q := range queries.All() {
		b.Run(q.Name, func(b *testing.B) {
			var times []timing
			for b.Loop() {
				times = timed(b, snapshot, q)
			}
			for _, t := range times {
				b.ReportMetric(float64(t.wall.Microseconds())/1000, "ms-"+t.name)
				b.ReportMetric(float64(t.cpu.Microseconds())/1000, "cpu-ms-"+t.name)
			}
			total.wall, total.cpu = total.wall+times[0].wall, total.cpu+times[0].cpu
			slowest := slices.MaxFunc(times, func(a, b timing) int { return cmp.Compare(a.wall, b.wall) })
			slowest.name = q.Name + ", " + slowest.name
			all = append(all, slowest)
		})
	}
	slices.SortFunc(all, func(a, b timing) int { return cmp.Compare(b.wall, a.wall) })
	fmt.Printf("\n%d questions of %d permits, median of %d runs: together %.2f s, %.2f s of the processors; the slowest five:\n",
		len(all), snapshot.Receipt.Permits, benchRuns, total.wall.Seconds(), total.cpu.Seconds())
	for _, t := range all[:min(5, len(all))] {
		fmt.Printf("%8.3f s, %.3f s of the processors  %s (%d rows)\n", t.wall.Seconds(), t.cpu.Seconds(), t.name, t.rows)
	}
	if os.Getenv("KOBLET_BENCH_STORE") != "" {
		fmt.Printf("peak memory %d MiB\n", usage(b).Maxrss/1024)
	}
}

func usage(b *testing.B) syscall.Rusage {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return u
}

// processors is what this process has used of them.
func processors(b *testing.B) time.Duration {
	b.Helper()
	u := usage(b)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// timed asks one question in each scope that it takes.
func timed(b *testing.B, snapshot *store.Snapshot, q queries.Question) []timing {
	var all []timing
	for _, asked := range askedAs {
		arguments, err := asked.scope.Bind(q)
		if err != nil {
			continue // a filter that the question does not take
		}
		values := map[string]any{}
		for _, a := range arguments {
			values[a.Name] = a.Value
		}
		var walls, cpus []time.Duration
		t := timing{name: asked.name}
		for range benchRuns {
			begin, used := time.Now(), processors(b)
			rows, err := snapshot.Query(context.Background(), q, values)
			if err != nil {
				b.Fatal(err)
			}
			walls, cpus, t.rows = append(walls, time.Since(begin)), append(cpus, processors(b)-used), len(rows)
		}
		slices.Sort(walls)
		slices.Sort(cpus)
		t.wall, t.cpu = walls[len(walls)/2], cpus[len(cpus)/2]
		all = append(all, t)
	}
	return all
}

func benchSnapshot(b *testing.B) *store.Snapshot {
	b.Helper()
	dir := os.Getenv("KOBLET_BENCH_STORE")
	if dir == "" {
		dir = inventedStore(b)
	}
	s, err := store.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	snapshot, err := s.Snapshot(context.Background(), time.Time{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := snapshot.Close(); err != nil {
			b.Error(err)
		}
	})
	return snapshot
}

func inventedStore(b *testing.B) string {
	b.Helper()
	rows, err := strconv.ParseInt(cmp.Or(os.Getenv("KOBLET_BENCH_ROWS"), "1000000"), 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	if _, err := synthetic.Write(context.Background(), synthetic.Options{Out: filepath.Join(dir, "r"), Permits: rows, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	files := filepath.Join(dir, "r", "2016-12-31")
	day := time.Date(2016, 12, 31, 0, 0, 0, 0, time.UTC)
	if _, err := store.Load(context.Background(), filepath.Join(dir, "store"), store.Loading{
		AsOf: day, Now: day, Program: "bench", Profile: inventedNumbers, MaxRejects: store.Limit{Percent: 1},
		CPR:          []string{filepath.Join(files, "cpr_persons.csv")},
		Carl2Persons: []string{filepath.Join(files, "carl2_persons.csv")},
		Carl2Permits: []string{filepath.Join(files, "carl2_permits.csv")},
	}); err != nil {
		b.Fatal(err)
	}
	return filepath.Join(dir, "store")
}
