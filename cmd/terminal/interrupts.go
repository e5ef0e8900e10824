package terminal

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// interrupts is who takes the next interrupt; while nobody does, it ends the program.
type interrupts struct {
	sync.Mutex
	take func()
}

type interruptsKey struct{}

// Listening gives a context that ends with an interrupt that nobody takes, and with a signal to end or that the screen is gone. A second
// signal ends the program without asking; one that comes at once is the first one's echo, as «timeout» sends it to the process and to its
// group, and must not keep the program from clearing up.
func Listening(parent context.Context) context.Context {
	ctx, end := context.WithCancel(parent)
	i := &interrupts{}
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // nohup has it ignored
		signal.Notify(signals, syscall.SIGHUP)
	}
	go func() {
		for s := range signals {
			if s == os.Interrupt && i.taken() {
				continue
			}
			end()
			break
		}
		echo := time.After(time.Second)
		for heard := false; !heard; {
			select {
			case <-signals:
			case <-echo:
				signal.Stop(signals)
				heard = true
			}
		}
	}()
	return context.WithValue(ctx, interruptsKey{}, i)
}

func (i *interrupts) taken() bool {
	i.Lock()
	defer i.Unlock()
	if i.take == nil {
		return false
	}
	i.take()
	return true
}

// Interruptible gives a context that an interrupt ends, and not the program's own with it. Call done when the work is.
func Interruptible(ctx context.Context) (limited context.Context, done func()) {
	limited, cancel := context.WithCancel(ctx)
	i, ok := ctx.Value(interruptsKey{}).(*interrupts)
	if !ok {
		return limited, cancel
	}
	set := func(take func()) {
		i.Lock()
		defer i.Unlock()
		i.take = take
	}
	set(cancel)
	return limited, func() {
		set(nil)
		cancel()
	}
}
