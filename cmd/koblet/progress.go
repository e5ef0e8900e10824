package main

import (
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// patience is how long work may take before it says that it is working.
const patience = time.Second

// progress tells somebody at a screen how far long work has come. Away from a screen it writes nothing.
//
// Work that knows its length gets a bar with the time left, other work a spinner. Either appears only when the work has
// lasted longer than patience, and is wiped when the work ends, so that what stays on the screen is the same as in a log.
type progress struct {
	mu     sync.Mutex
	screen io.Writer
	what   string
	done   int64
	total  int64
	bar    *progressbar.ProgressBar
	stop   chan struct{}
	ended  sync.WaitGroup
}

// watch begins to follow the work called what. The caller calls end when it is over, whatever became of it.
func watch(t terminal, what string) *progress {
	p := &progress{}
	if !t.interactive {
		return p
	}
	p.screen, p.stop = t.err, make(chan struct{})
	p.at(what, 0, -1)
	p.ended.Go(p.draw)
	return p
}

// at says what the work is now and how much of it is done; total is -1 where nobody knows. Several goroutines may call it.
func (p *progress) at(what string, done, total int64) {
	if p.screen == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar == nil || what != p.what || total != p.total {
		p.change(what, total)
	}
	p.done = done
}

// change puts a new bar in the place of the last. The bar's clock starts here, though it is shown later, so that the
// time left is right from the beginning.
func (p *progress) change(what string, total int64) {
	p.wipe()
	p.what, p.total = what, total
	p.bar = progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(p.screen),
		progressbar.OptionSetDescription(what),
		progressbar.OptionSetWidth(30),
		progressbar.OptionSetPredictTime(total > 0),
		progressbar.OptionUseANSICodes(true),
		progressbar.OptionSpinnerType(14),
		progressbar.OptionSetSpinnerChangeInterval(0), // else it draws by itself, and for ever
		progressbar.OptionSetTheme(progressbar.Theme{Saucer: "█", SaucerPadding: "·", BarStart: " ", BarEnd: " "}),
	)
	p.bar.StartWithoutRender()
}

// end wipes the bar.
func (p *progress) end() {
	if p.screen == nil {
		return
	}
	close(p.stop)
	p.ended.Wait()
	p.wipe()
}

// wipe clears what the present bar has drawn; errors of a screen are nobody's concern.
func (p *progress) wipe() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

func (p *progress) draw() {
	select {
	case <-p.stop:
		return
	case <-time.After(patience):
	}
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		p.paint()
		select {
		case <-p.stop:
			return
		case <-tick.C:
		}
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
