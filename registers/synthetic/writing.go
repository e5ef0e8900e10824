package synthetic

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"koblet/registers"
)

// blockPersons is how many persons are made at a time: enough to keep the processors busy, few enough to stay in cache.
const blockPersons = 2048

// writing is one run: the plan, the open files and the counts so far.
type writing struct {
	model    *model
	options  Options
	plan     *plan
	days     []day
	calendar calendar
	folders  []*folder
	truth    *output
	totals   []tally
}

// output is one file being written.
type output struct {
	*bufio.Writer
	file *os.File
}

func create(path string, head []byte) (*output, error) {
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	o := &output{bufio.NewWriterSize(file, 1<<16), file}
	_, err = o.Write(head)
	return o, err
}

func (o *output) close() error {
	return errors.Join(o.Flush(), o.file.Close())
}

// folder is the four files of one as-of day.
type folder struct{ persons, permits, cpr, fixed *output }

func (w *writing) openFolder(staging string, d day) (*folder, error) {
	dir := filepath.Join(staging, string(w.calendar.iso(nil, d)))
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	var f folder
	for _, file := range []struct {
		to   **output
		name string
		head []byte
	}{
		{&f.persons, "carl2_persons.csv", header(registers.Carl2Persons)},
		{&f.permits, "carl2_permits.csv", header(registers.Carl2Permits)},
		{&f.cpr, "cpr_persons.csv", header(registers.CPRPersons)},
		{&f.fixed, "cpr_persons.u12170.txt", w.startRecord(d)},
	} {
		var err error
		if *file.to, err = create(filepath.Join(dir, file.name), file.head); err != nil {
			return nil, err
		}
	}
	return &f, nil
}

// startRecord is record 000 of a U12170 file: task number, production day and the one before.
func (w *writing) startRecord(d day) []byte {
	b := append([]byte(nil), "0000000000000"...)
	b = append(b, "000001"...)
	b = append(b, w.calendar.stamp(nil, d, "")...)
	return append(append(b, w.calendar.stamp(nil, d-30, "")...), '\n')
}

// endRecord is record 999, which counts all but 000 and itself.
func endRecord(records int64) string { return fmt.Sprintf("9999999999999%08d\n", records) }

func (f *folder) write(s *sheets) error {
	var errs [4]error
	_, errs[0] = f.persons.Write(s.persons)
	_, errs[1] = f.permits.Write(s.permits)
	_, errs[2] = f.cpr.Write(s.cpr)
	_, errs[3] = f.fixed.Write(s.fixed)
	return errors.Join(errs[:]...)
}

func (f *folder) close() error {
	return errors.Join(f.persons.close(), f.permits.close(), f.cpr.close(), f.fixed.close())
}

// run writes everything into the staging folder.
func (w *writing) run(ctx context.Context, staging string) (err error) {
	defer func() { err = errors.Join(err, w.close()) }()
	w.totals = make([]tally, len(w.days))
	for _, d := range w.days {
		f, err := w.openFolder(staging, d)
		if err != nil {
			return err
		}
		w.folders = append(w.folders, f)
	}
	if w.truth, err = create(filepath.Join(staging, "truth.csv"), []byte("person_id,cpr_number,since,linked_on,kind\n")); err != nil {
		return err
	}
	if err := w.blocks(ctx); err != nil {
		return err
	}
	for i, f := range w.folders {
		if _, err := f.fixed.WriteString(endRecord(w.totals[i].fixedRecords)); err != nil {
			return err
		}
	}
	return errors.Join(w.writeTruth(filepath.Join(staging, "truth.json")), os.WriteFile(filepath.Join(staging, "profile.toml"), []byte(profile), 0o644))
}

func (w *writing) close() error {
	var err error
	for _, f := range w.folders {
		err = errors.Join(err, f.close())
	}
	if w.truth != nil {
		err = errors.Join(err, w.truth.close())
	}
	return err
}

// blocks makes, numbers, writes and counts all blocks, a wave at a time. Making and formatting run on all processors;
// numbering and writing go in order, which is what keeps the bytes the same. While one day of a wave is written the next is
// formatted, so memory grows neither with the registers nor with the days.
func (w *writing) blocks(ctx context.Context) error {
	workers := runtime.GOMAXPROCS(0)
	numbers := newNumbers(w.options.Seed)
	waves := [2][]*block{newWave(workers * 4), newWave(workers * 4)}
	next := w.spans()
	written := make(chan error, 1)
	written <- nil
	turn := 0
	for round := 0; ; round++ {
		wave := waves[round%2]
		wave = wave[:next(wave)]
		if len(wave) == 0 {
			return <-written
		}
		w.parallel(workers, wave, func(k *maker, _ *clerk, b *block) { k.make(b) })
		for _, b := range wave {
			if err := b.number(numbers); err != nil {
				return errors.Join(err, <-written)
			}
		}
		for i, d := range w.days {
			if err := ctx.Err(); err != nil {
				return errors.Join(err, <-written)
			}
			side, last := turn%2, i == len(w.days)-1
			w.parallel(workers, wave, func(_ *maker, c *clerk, b *block) {
				c.write(b, side, d)
				if last {
					c.truthRows(b, d)
				}
			})
			if err := <-written; err != nil {
				return err
			}
			go func() { written <- w.put(wave, i, side) }()
			turn++
		}
	}
}

func newWave(n int) []*block {
	wave := make([]*block, n)
	for i := range wave {
		wave[i] = &block{}
	}
	return wave
}

// spans gives a function that fills a wave with the next blocks and says how many it filled.
func (w *writing) spans() func([]*block) int {
	at, cells := int64(0), w.plan.cells
	return func(wave []*block) int {
		n := 0
		for n < len(wave) && len(cells) > 0 {
			c := cells[0]
			if at >= c.firsts {
				at, cells = 0, cells[1:]
				continue
			}
			b := wave[n]
			b.cell, b.from, b.to = c, at, min(at+blockPersons, c.firsts)
			at, n = b.to, n+1
		}
		return n
	}
}

// parallel does the work on every block of the wave.
func (w *writing) parallel(workers int, wave []*block, work func(*maker, *clerk, *block)) {
	queue := make(chan *block, len(wave))
	for _, b := range wave {
		queue <- b
	}
	close(queue)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			k := &maker{model: w.model, plan: w.plan, dice: newDice(w.options.Seed)}
			c := &clerk{calendar: w.calendar, plan: w.plan, seed: w.options.Seed, dice: newDice(w.options.Seed)}
			for b := range queue {
				work(k, c, b)
			}
		})
	}
	group.Wait()
}

// put appends the wave, as it stood on day i, to the files and the totals, in order.
func (w *writing) put(wave []*block, i, side int) error {
	for _, b := range wave {
		if err := w.folders[i].write(&b.sheets[side]); err != nil {
			return err
		}
		w.totals[i].add(&b.tally[side])
		if i < len(w.days)-1 {
			continue
		}
		if _, err := w.truth.Write(b.truth); err != nil {
			return err
		}
	}
	if w.options.Progress != nil && i == len(w.days)-1 {
		w.options.Progress(min(w.totals[i].permits, w.plan.permits), w.plan.permits)
	}
	return nil
}
