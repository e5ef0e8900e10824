package store

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"koblet/registers"
	"koblet/registers/profiles"
	"koblet/registers/synthetic"
	"koblet/store/desk"
	"koblet/store/extract"
)

// benchRows is how many permits the benchmarks invent; KOBLET_BENCH_ROWS sets another number.
func benchRows(b *testing.B) int64 {
	text := os.Getenv("KOBLET_BENCH_ROWS")
	if text == "" {
		return 1_000_000
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// fixedFile is the name of the invented persons in CPR's fixed width.
const fixedFile = "cpr_persons.u12170.txt"

// TestMain lets the test binary stand in for a process of its own, so that a benchmark can ask the system what one load,
// or DuckDB's bare reading, took of time and memory.
func TestMain(m *testing.M) {
	if task := os.Getenv("KOBLET_TEST_CHILD"); task != "" {
		os.Exit(runChild(task))
	}
	if task := os.Getenv("KOBLET_BENCH_TASK"); task != "" {
		if err := benchTask(task, os.Getenv("KOBLET_BENCH_FILES"), os.Getenv("KOBLET_BENCH_OUT")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func benchTask(task, files, out string) error {
	switch task {
	case "read":
		return bareReading(files, out)
	case "read fixed":
		return bareLines(files, out)
	case "take fixed":
		return takeBench(files, out)
	}
	day, err := time.Parse(time.DateOnly, "2016-12-31")
	if err != nil {
		return err
	}
	_, err = Load(context.Background(), out, Loading{
		AsOf: day, Now: day, Program: "bench", Profile: profiles.Profile{Numbers: profiles.NumberRules{Remainder: 1}}, MaxRejects: Limit{Percent: 1},
		CPR:          []string{filepath.Join(files, "cpr_persons.csv")},
		Carl2Persons: []string{filepath.Join(files, "carl2_persons.csv")},
		Carl2Permits: []string{filepath.Join(files, "carl2_permits.csv")},
	})
	return err
}

// bareReading is what the load is held against: DuckDB's typed read_csv of the same files into a database file, with the
// load's memory limit. Lines whose dates do not type are left out, as DuckDB cannot keep them.
func bareReading(files, out string) error {
	db, err := sql.Open("duckdb", out)
	if err != nil {
		return err
	}
	if _, err := db.Exec(fmt.Sprintf("set memory_limit = '%dB'", desk.LeastMemory)); err != nil {
		return err
	}
	for _, table := range registers.Tables() {
		columns := make([]string, len(table.Fields))
		for i, f := range table.Fields {
			kind := "VARCHAR"
			if f.Kind == registers.Date {
				kind = "DATE"
			}
			columns[i] = fmt.Sprintf("'%s': '%s'", f.Name, kind)
		}
		if _, err := db.Exec(fmt.Sprintf("create table %s as select * from read_csv('%s', columns = {%s}, header = true, "+
			`auto_detect = false, delim = ',', quote = '"', escape = '"', ignore_errors = true)`,
			table.Name, filepath.Join(files, table.Name+".csv"), strings.Join(columns, ", "))); err != nil {
			return err
		}
	}
	_, err = db.Exec("checkpoint")
	return errors.Join(err, db.Close())
}

// bareLines is what the reading of CPR's fixed width is held against: DuckDB reads the same file as one column of text.
func bareLines(files, out string) error {
	db, err := sql.Open("duckdb", out)
	if err != nil {
		return err
	}
	if _, err := db.Exec(fmt.Sprintf("set memory_limit = '%dB'; create table lines as select * from read_csv('%s', columns = {'line': 'VARCHAR'}, "+
		`header = false, auto_detect = false, delim = '\x01', quote = '', escape = '', encoding = 'latin-1', new_line = '\n'); checkpoint`,
		desk.LeastMemory, filepath.Join(files, fixedFile))); err != nil {
		return err
	}
	return db.Close()
}

// takeBench makes the fixed width plain CSV and has DuckDB read that, as a load does.
func takeBench(files, out string) error {
	l := Loading{CPR: []string{filepath.Join(files, fixedFile)}}
	inputs, err := l.Delivery().Gather()
	if err != nil {
		return err
	}
	if err := os.Mkdir(out+".taken", 0o700); err != nil {
		return err
	}
	if err := extract.Take(context.Background(), inputs, out+".taken", nil); err != nil {
		return err
	}
	columns := make([]string, len(inputs[0].Columns))
	for i := range columns {
		columns[i] = fmt.Sprintf("'c%d': 'VARCHAR'", i)
	}
	db, err := sql.Open("duckdb", out)
	if err != nil {
		return err
	}
	if _, err := db.Exec(fmt.Sprintf("set memory_limit = '%dB'; create table persons as select * from read_csv(%s, columns = {%s}, header = true, auto_detect = false, quote = '\"', escape = '\"'); checkpoint",
		desk.LeastMemory, desk.Literal(inputs[0].Read), strings.Join(columns, ", "))); err != nil {
		return err
	}
	return errors.Join(db.Close(), os.RemoveAll(out+".taken"))
}

// BenchmarkFixedWidth times the reading of CPR's fixed width into typed columns of a database against DuckDB's reading of
// the same file as one column of text, in turn, five times each, and prints the median ratio.
func BenchmarkFixedWidth(b *testing.B) {
	dir := b.TempDir()
	if _, err := synthetic.Write(context.Background(), synthetic.Options{Out: filepath.Join(dir, "r"), Permits: benchRows(b), Seed: 1}); err != nil {
		b.Fatal(err)
	}
	files := filepath.Join(dir, "r", "2016-12-31")
	var walls, cpus, seconds []float64
	for b.Loop() {
		for range 5 {
			readWall, readCPU, _ := took(b, "read fixed", files, filepath.Join(dir, "read.duckdb"))
			takeWall, takeCPU, _ := took(b, "take fixed", files, filepath.Join(dir, "take.duckdb"))
			walls, cpus, seconds = append(walls, takeWall/readWall), append(cpus, takeCPU/readCPU), append(seconds, takeWall)
		}
	}
	found, err := os.Stat(filepath.Join(files, fixedFile))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(median(walls), "x-text-time")
	b.ReportMetric(median(cpus), "x-text-cpu")
	b.ReportMetric(median(seconds), "s-take")
	b.ReportMetric(float64(found.Size())/(1<<20), "MiB")
}

// BenchmarkWorkbook times the reading of a workbook of 100,000 rows of ten columns.
func BenchmarkWorkbook(b *testing.B) {
	path := filepath.Join(b.TempDir(), "permits.xlsx")
	if err := writeWorkbook(path, 100_000); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		l := Loading{Carl2Permits: []string{path}}
		inputs, err := l.Delivery().Gather()
		if err != nil {
			b.Fatal(err)
		}
		if err := extract.Take(context.Background(), inputs, b.TempDir(), nil); err != nil {
			b.Fatal(err)
		}
		if inputs[0].Rows != 100_000 {
			b.Fatalf("%d rows", inputs[0].Rows)
		}
	}
}

// took runs a task in a process of its own and gives its seconds, of the clock and of the processors, and its peak memory in MiB.
func took(b *testing.B, task, files, out string) (wall, cpu, peak float64) {
	b.Helper()
	if err := os.RemoveAll(out); err != nil {
		b.Fatal(err)
	}
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "KOBLET_BENCH_TASK="+task, "KOBLET_BENCH_FILES="+files, "KOBLET_BENCH_OUT="+out)
	c.Stderr = os.Stderr
	begin := time.Now()
	if err := c.Run(); err != nil {
		b.Fatal(err)
	}
	wall = time.Since(begin).Seconds()
	usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		b.Fatal("the system does not say what a process used")
	}
	return wall, (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds(), float64(usage.Maxrss) / 1024
}

// BenchmarkLoad times the whole load of a CSV delivery against the same engine's own typed reading of the same files into a file, in
// turn, five times each, and prints the median ratios: of the invented registers, and of the same with few texts a column, which
// DuckDB packs better than it reads them.
func BenchmarkLoad(b *testing.B) {
	dir := b.TempDir()
	if _, err := synthetic.Write(context.Background(), synthetic.Options{Out: filepath.Join(dir, "r"), Permits: benchRows(b), Seed: 1}); err != nil {
		b.Fatal(err)
	}
	invented, few := filepath.Join(dir, "r", "2016-12-31"), filepath.Join(dir, "few")
	if err := fewTexts(invented, few); err != nil {
		b.Fatal(err)
	}
	fmt.Printf("DuckDB %s\n", engine(b))
	b.Run("invented", func(b *testing.B) { benchLoad(b, invented) })
	b.Run("few_texts", func(b *testing.B) { benchLoad(b, few) })
}

func benchLoad(b *testing.B, files string) {
	dir := b.TempDir()
	var walls, cpus, peaks, loads []float64
	for b.Loop() {
		for range 5 {
			readWall, readCPU, _ := took(b, "read", files, filepath.Join(dir, "read.duckdb"))
			loadWall, loadCPU, peak := took(b, "load", files, filepath.Join(dir, "store"))
			walls, cpus = append(walls, loadWall/readWall), append(cpus, loadCPU/readCPU)
			peaks, loads = append(peaks, peak), append(loads, loadWall)
		}
	}
	b.ReportMetric(median(walls), "x-read_csv-time")
	b.ReportMetric(median(cpus), "x-read_csv-cpu")
	b.ReportMetric(slices.Max(peaks), "MiB-peak")
	b.ReportMetric(median(loads), "s-load")
	b.ReportMetric(float64(benchRows(b)), "permits")
}

// engine is the version of DuckDB that both sides of a ratio run on.
func engine(b *testing.B) (version string) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow("select version()").Scan(&version); err != nil {
		b.Fatal(err)
	}
	return version
}

// textColumns are those of which fewTexts keeps eight texts.
var textColumns = []string{"family_name", "given_name", "citizenship", "legal_basis", "person_group", "category", "status", "municipality_code"}

// fewTexts copies the registers with the first eight texts of each such column in the place of all others.
func fewTexts(from, to string) error {
	if err := os.Mkdir(to, 0o700); err != nil {
		return err
	}
	for _, table := range registers.Tables() {
		if err := fewTextsOf(filepath.Join(from, table.Name+".csv"), filepath.Join(to, table.Name+".csv")); err != nil {
			return err
		}
	}
	return nil
}

func fewTextsOf(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	r, w := csv.NewReader(bufio.NewReaderSize(in, 1<<20)), csv.NewWriter(out)
	r.ReuseRecord = true
	var header []string
	kept := map[int][]string{}
	for n := 0; ; n++ {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			w.Flush()
			return errors.Join(w.Error(), out.Close())
		}
		if err != nil {
			return errors.Join(err, out.Close())
		}
		if n == 0 {
			header = slices.Clone(row)
		}
		for i, name := range header {
			switch {
			case n == 0 || row[i] == "" || !slices.Contains(textColumns, name) || slices.Contains(kept[i], row[i]):
			case len(kept[i]) < 8:
				kept[i] = append(kept[i], strings.Clone(row[i]))
			default:
				row[i] = kept[i][n%8]
			}
		}
		if err := w.Write(row); err != nil {
			return errors.Join(err, out.Close())
		}
	}
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}
