package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	logs "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"koblet/queries"
)

var (
	browser  = flag.String("browser", "", "look at every page of the demo in this Chromium, in the light and in the dark, wide and narrow")
	demoAt   = flag.String("demo", "../../koblet-demo", "the demo's folder, where the pictures go too")
	axeAt    = flag.String("axe", "../../node_modules/axe-core/axe.min.js", "the rules of accessibility")
	pictures = flag.Bool("pictures", false, "keep a picture of each page, to be looked at")
	tall     = map[int64]int64{390: 844, 1280: 900} // the windows, by their width
)

// TestBrowser shows the annual report and the page of every question in a browser, as it opens them from a folder: with the policy
// that guards them. Nothing may stand on its console, nothing is asked of any host, axe-core finds nothing wrong, every chart is to be
// seen, and the page is no wider than the window. With -pictures there is one of each in the demo's folder.
func TestBrowser(t *testing.T) {
	if *browser == "" {
		t.Skip("only with -browser: it opens some two hundred pages")
	}
	rules, err := os.ReadFile(*axeAt)
	if err != nil {
		t.Fatal(err)
	}
	opened := openBrowser(t)
	for name, text := range pages(t) {
		file := filepath.Join(t.TempDir(), name+".html")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tab, shut := chromedp.NewContext(opened)
			t.Cleanup(shut)
			seen := watched(tab, t)
			for _, theme := range []string{"light", "dark"} {
				for _, wide := range []int64{390, 1280} {
					ctx, stop := context.WithTimeout(tab, time.Minute)
					found, err := look(ctx, "file://"+file, theme, wide, string(rules))
					if err == nil && *pictures {
						err = keepPicture(ctx, fmt.Sprintf("%s-%d-%s.png", name, wide, theme))
					}
					stop()
					if err != nil {
						t.Fatalf("%d pixels, %s: %v", wide, theme, err)
					}
					for _, wrong := range append(found, seen()...) {
						t.Errorf("%d pixels, %s: %s", wide, theme, wrong)
					}
				}
			}
		})
	}
}

// TestBrowserSeesFaults holds the check against pages that are wrong: a check that finds nothing in them finds nothing in ours.
func TestBrowserSeesFaults(t *testing.T) {
	if *browser == "" {
		t.Skip("only with -browser")
	}
	rules, err := os.ReadFile(*axeAt)
	if err != nil {
		t.Fatal(err)
	}
	opened := openBrowser(t)
	for wrong, want := range map[string]string{
		`<img src="https://host.invalid/a.png" alt="">`:                "asks for https://host.invalid/a.png",
		`<script>console.log("a word")</script>`:                       "console: a word",
		`<script>throw new Error("thrown")</script>`:                   "thrown",
		`<p style="color:#ccc;background:#fff">pale</p>`:               "color-contrast",
		`<div style="width:2000px">wide</div>`:                         "pixels wide",
		`<div class="chart" style="height:9px;overflow:hidden"></div>`: "not to be seen",
	} {
		file := filepath.Join(t.TempDir(), "wrong.html")
		text := `<!doctype html><html lang="da"><head><title>t</title><meta charset="utf-8"></head><body><main><h1>t</h1>` + wrong + `</main></body></html>`
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		tab, shut := chromedp.NewContext(opened)
		seen := watched(tab, t)
		ctx, stop := context.WithTimeout(tab, time.Minute)
		found, err := look(ctx, "file://"+file, "light", 1280, string(rules))
		if err != nil {
			t.Fatal(err)
		}
		if all := strings.Join(append(found, seen()...), "\n"); !strings.Contains(all, want) {
			t.Errorf("%s: found %q, want %q", wrong, all, want)
		}
		stop()
		shut()
	}
}

// openBrowser starts one browser for all pages.
func openBrowser(t *testing.T) context.Context {
	t.Helper()
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(*browser),
		chromedp.Flag("no-sandbox", true), chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("hide-scrollbars", true))
	allocated, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, shut := chromedp.NewContext(allocated)
	t.Cleanup(shut)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// watched gathers what a tab writes on its console and asks of others; the function it gives hands that over and begins anew.
func watched(tab context.Context, t *testing.T) func() []string {
	t.Helper()
	var lock sync.Mutex
	var all []string
	err := chromedp.Listen(tab, func(event any) {
		lock.Lock()
		defer lock.Unlock()
		switch e := event.(type) {
		case *runtime.EventConsoleAPICalled:
			for _, arg := range e.Args {
				all = append(all, "console: "+strings.Trim(string(arg.Value), `"`))
			}
		case *runtime.EventExceptionThrown:
			told := e.ExceptionDetails.Text
			if e.ExceptionDetails.Exception != nil {
				told += " " + e.ExceptionDetails.Exception.Description
			}
			all = append(all, told)
		case *logs.EventEntryAdded:
			all = append(all, "log: "+e.Entry.Text)
		case *network.EventRequestWillBeSent:
			if url := e.Request.URL; !strings.HasPrefix(url, "file:") && !strings.HasPrefix(url, "data:") && !strings.HasPrefix(url, "blob:") {
				all = append(all, "asks for "+url)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return func() []string {
		lock.Lock()
		defer lock.Unlock()
		got := all
		all = nil
		return got
	}
}

// look opens a page in a window and gives what is wrong with it. Folded tables are opened first.
func look(ctx context.Context, url, theme string, wide int64, rules string) ([]string, error) {
	scheme := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}}}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, scheme); err != nil {
		return nil, err
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(wide, tall[wide]), chromedp.Navigate(url)); err != nil {
		return nil, err
	}
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[any](rules+";null")); err != nil {
		return nil, err
	}
	const examine = `(async function () {
  document.querySelectorAll("details").forEach(function (d) { d.open = true; });
  var found = [], wide = document.documentElement.scrollWidth;
  if (wide > window.innerWidth) { found.push("the page is " + wide + " pixels wide"); }
  var gone = Array.prototype.filter.call(document.querySelectorAll(".chart"), function (c) { return c.clientHeight < 50; }).length;
  if (gone > 0) { found.push(gone + " charts are not to be seen"); }
  var told = await axe.run(document, { resultTypes: ["violations"] });
  told.violations.forEach(function (v) { found.push(v.id + ": " + v.nodes[0].html.slice(0, 200) + " " + v.nodes[0].failureSummary); });
  return found;
})()`
	return chromedp.Run(ctx, chromedp.Evaluate[[]string](examine, chromedp.EvalAwaitPromise))
}

// keepPicture keeps the whole page as it stands in the tab.
func keepPicture(ctx context.Context, name string) error {
	picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		return err
	}
	folder := filepath.Join(*demoAt, "pictures")
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, name), picture, 0o600)
}

// pages are the demo's annual report and the page of each question.
func pages(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	annual, err := filepath.Glob(filepath.Join(*demoAt, "reports", "*.html"))
	if err != nil || len(annual) == 0 {
		t.Fatalf("no report in %s: run make demo; %v", *demoAt, err)
	}
	for _, path := range annual {
		text, err := os.ReadFile(path) //nolint:gosec // the demo's own pages
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimSuffix(filepath.Base(path), ".html")] = string(text)
	}
	for _, q := range queries.All() {
		var text, errs strings.Builder
		if code := run(t.Context(), []string{"run", q.Name, "--store", filepath.Join(*demoAt, "store"), "--format", "html"}, strings.NewReader(""), &text, &errs); code != 0 {
			t.Fatalf("%s: %s", q.Name, errs.String())
		}
		out[q.Name] = text.String()
	}
	return out
}
