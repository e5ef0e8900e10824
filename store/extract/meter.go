package extract

import (
	"context"
	"io"
	"os"
	"sync/atomic"
)

// meter counts the bytes that have been read of several files, for whoever watches. The nil meter counts nothing.
type meter struct {
	total    int64
	done     atomic.Int64
	progress func(done, total int64)
}

func newMeter(all []*extract, progress func(done, total int64)) *meter {
	m := &meter{progress: progress}
	for _, e := range all {
		if found, err := os.Stat(e.at); err == nil {
			m.total += found.Size()
		}
	}
	return m
}

// reader counts what is read through it, and stops when the context does.
func (m *meter) reader(ctx context.Context, r io.Reader) io.Reader {
	return readerFunc(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		n, err := r.Read(p)
		if m != nil && m.progress != nil {
			m.progress(m.done.Add(int64(n)), m.total)
		}
		return n, err
	})
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
