package terminal

import (
	"cmp"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"koblet/registers/characters"
)

// patience is how long work may take before it says that it is working: on a screen, and where there is none and every
// line stays in a log.
const (
	patience    = time.Second
	logPatience = time.Minute
)

// progress tells how far long work has come: somebody at a screen by a bar, a log by a line a minute, and nobody where
// quiet is asked for.
//
// Work that knows its length gets a bar with the time left, other work a spinner. Either appears only when the work has
// lasted longer than patience, and is wiped when the work ends, so that what stays on the screen is the same as in a log.
type progress struct {
	mu     sync.Mutex
	screen io.Writer
	what   string
	done   int64
	total  int64
	bytes  bool // what is counted; else it is steps
	lines  bool // of a log; else it is a screen
	bar    *progressbar.ProgressBar
	stop   chan struct{}
	ended  sync.WaitGroup
}

// Watch begins to follow the work called what. The caller calls End when it is over, whatever became of it.
func Watch(t Terminal, what string) *progress {
	p := &progress{}
	if t.Quiet {
		return p
	}
	p.screen, p.lines, p.stop = cmp.Or(t.Drawn[1], t.Err), !t.Interactive, make(chan struct{})
	p.At(what, 0, -1)
	if p.lines {
		p.ended.Go(func() { p.repeat(logPatience, logPatience, p.log) })
	} else {
		p.ended.Go(func() { p.repeat(patience, 100*time.Millisecond, p.paint) })
	}
	return p
}

// At says what the work is now and how much of it is done; total is -1 where nobody knows. Several goroutines may call it.
func (p *progress) At(what string, done, total int64) { p.set(what, done, total, false) }

// AtBytes is At where bytes are counted, so that the rate is one of bytes.
func (p *progress) AtBytes(what string, done, total int64) { p.set(what, done, total, true) }

func (p *progress) set(what string, done, total int64, bytes bool) {
	if p.screen == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar == nil || what != p.what || total != p.total {
		p.bytes = bytes
		p.change(what, total)
	}
	p.done = done
}

// change puts a new bar in the place of the last. The bar's clock starts here, though it is shown later, so that the
// time left is right from the beginning.
func (p *progress) change(what string, total int64) {
	p.wipe()
	p.what, p.total = what, total
	what = characters.Visible(what)
	options := []progressbar.Option{
		progressbar.OptionSetWriter(p.screen),
		progressbar.OptionSetDescription(what),
		progressbar.OptionSetWidth(30),
		progressbar.OptionSetPredictTime(total > 0),
		progressbar.OptionShowBytes(p.bytes),
		progressbar.OptionShowCount(),
		progressbar.OptionUseANSICodes(true),
		progressbar.OptionSpinnerType(14),
		progressbar.OptionSetSpinnerChangeInterval(0), // else it draws by itself, and for ever
		progressbar.OptionSetTheme(progressbar.Theme{Saucer: "█", SaucerPadding: "·", BarStart: " ", BarEnd: " "}),
	}
	if !p.bytes { // bytes have their rate by themselves
		options = append(options, progressbar.OptionShowIts(), progressbar.OptionSetItsString("steps"))
	}
	p.bar = progressbar.NewOptions64(total, options...)
	p.bar.StartWithoutRender()
}

// End wipes the bar.
func (p *progress) End() {
	if p.screen == nil {
		return
	}
	close(p.stop)
	p.ended.Wait()
	p.wipe()
}

// wipe clears what the present bar has drawn; errors of a screen are nobody's concern.
func (p *progress) wipe() {
	if p.bar != nil && !p.lines {
		_ = p.bar.Clear()
	}
}

// repeat shows how far the work is: first after a while, then at intervals.
func (p *progress) repeat(first, every time.Duration, show func()) {
	select {
	case <-p.stop:
		return
	case <-time.After(first):
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		show()
		select {
		case <-p.stop:
			return
		case <-tick.C:
		}
	}
}

// log writes a line.
func (p *progress) log() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.total > 0 {
		fmt.Fprintf(p.screen, "koblet: %s: %d %%\n", characters.Visible(p.what), 100*min(p.done, p.total)/p.total)
	} else {
		fmt.Fprintf(p.screen, "koblet: %s: at work\n", characters.Visible(p.what))
	}
}

func (p *progress) paint() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.total > 0 {
		_ = p.bar.Set64(min(p.done, p.total))
	}
	_ = p.bar.RenderBlank()
}
