//go:build linux

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"koblet/analysis/protection"
	"koblet/cmd/terminal"
	"koblet/reports"
)

// TestReportOnAFullDisk finds nothing of a report, nor of the folders made for it, wherever the disk is full.
func TestReportOnAFullDisk(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("koblet", disk, "tmpfs", 0, "size=2m"); err != nil {
		t.Skipf("no disk can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	})
	o := ordered{definition: reports.Definition{Name: "annual"}, out: filepath.Join(disk, "a", "b"), asOf: time.Date(2014, 12, 31, 0, 0, 0, 0, time.UTC), language: "da", formats: []string{"xlsx", "html", "json"}}
	refused := 0
	for left := 0; left <= 2<<20; left += 100 << 10 {
		if err := os.WriteFile(filepath.Join(disk, "ballast"), make([]byte, 2<<20-max(left, 4096)), 0o600); err != nil {
			t.Fatal(err)
		}
		drawn := make([]bytes.Buffer, len(o.formats))
		for i := range drawn {
			drawn[i].Write(make([]byte, 300<<10))
		}
		paths, err := o.keep(t.Context(), terminal.Terminal{}, drawn, protection.Edition{})
		if err == nil {
			if len(paths) != 3 || left < 900<<10 {
				t.Errorf("%d KB left: %v", left>>10, paths)
			}
			break
		}
		refused++
		if !strings.HasPrefix(err.Error(), "--out: "+o.out) || !strings.HasSuffix(err.Error(), ": no space left on device") {
			t.Errorf("%d KB left: %v", left>>10, err)
		}
		if found, err := os.ReadDir(disk); err != nil || len(found) != 1 {
			t.Errorf("%d KB left: there is %v, %v", left>>10, found, err)
		}
	}
	if refused < 8 {
		t.Errorf("only %d reports met a full disk", refused)
	}
}
