package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"koblet/queries"
)

var (
	browser  = flag.String("browser", "", "look at every page of the demo in this Chromium, in the light and in the dark, wide and narrow")
	demoAt   = flag.String("demo", "../../koblet-demo", "the demo's folder, where the pictures go too")
	axeAt    = flag.String("axe", "../../node_modules/axe-core/axe.min.js", "the rules of accessibility")
	sampled  = flag.Bool("sampled", false, "of the questions look at one page of each kind of chart: the whole takes eight minutes of two processors")
	pageWide = []int{390, 1280}
)

// TestBrowser shows the annual report and the page of every question in a browser. Nothing may stand on its console, axe-core finds
// nothing wrong, every chart is to be seen, and the page is no wider than the window. Pictures of all of them lie in the demo's folder, to be looked at.
func TestBrowser(t *testing.T) {
	if *browser == "" {
		t.Skip("only with -browser: it opens some hundred and fifty pages")
	}
	rules, err := os.ReadFile(*axeAt)
	if err != nil {
		t.Fatal(err)
	}
	pictures := filepath.Join(*demoAt, "pictures")
	if err := os.MkdirAll(pictures, 0o750); err != nil {
		t.Fatal(err)
	}
	for name, page := range pages(t) {
		shown := filepath.Join(t.TempDir(), name+".html")
		if err := os.WriteFile(shown, []byte(examined(page, string(rules))), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for theme, scheme := range map[string]string{"dark": "0", "light": "1"} {
				for _, wide := range pageWide {
					picture := filepath.Join(pictures, fmt.Sprintf("%s-%d-%s.png", name, wide, theme))
					for _, wrong := range faults(t, showing{shown, picture, scheme, wide}) {
						t.Errorf("%d pixels, %s: %s", wide, theme, wrong)
					}
				}
			}
		})
	}
}

// pages are the demo's annual report and the page of each question that has a chart or a table.
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
	seen := map[string]bool{}
	for _, q := range queries.All() {
		if *sampled && seen[q.Chart.Kind] {
			continue
		}
		seen[q.Chart.Kind] = true
		var page, errs strings.Builder
		if code := run(t.Context(), []string{"run", q.Name, "--store", filepath.Join(*demoAt, "store"), "--format", "html"}, strings.NewReader(""), &page, &errs); code != 0 {
			t.Fatalf("%s: %s", q.Name, errs.String())
		}
		out[q.Name] = page.String()
	}
	return out
}

// examined is a page with the rules of accessibility in it, which write beneath it what they found, folded tables opened; the policy that
// keeps scripts out of pages is taken off.
func examined(page, rules string) string {
	page = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`).ReplaceAllString(page, "")
	const look = `document.querySelectorAll("details").forEach(function (d) { d.open = true; });
var wide = document.documentElement.scrollWidth;
var gone = Array.prototype.filter.call(document.querySelectorAll(".chart"), function (c) { return c.clientHeight < 50; }).length;
axe.run(document, { resultTypes: ["violations"] }).then(function (r) {
  var found = r.violations.map(function (v) { return v.id + ": " + v.nodes[0].html.slice(0, 200) + " " + v.nodes[0].failureSummary; });
  if (wide > window.innerWidth) { found.push("the page is " + wide + " pixels wide"); }
  if (gone > 0) { found.push(gone + " charts are not to be seen"); }
  var p = document.createElement("pre"); p.id = "found"; p.textContent = JSON.stringify(found); document.body.appendChild(p);
});`
	at := strings.LastIndex(page, "</body>")
	return page[:at] + "<script>" + strings.ReplaceAll(rules, "</script", `<\/script`) + "</script><script>" + look + "</script>" + page[at:]
}

type showing struct {
	page, picture, scheme string
	wide                  int
}

var axeFound = regexp.MustCompile(`(?s)<pre id="found">(.*?)</pre>`)

// unfinished is said of a page that the browser left before the rules had come to an end: of the machine, and not of the page.
const unfinished = "axe-core did not come to an end"

// faults opens a page and gives what is wrong with it; one that was not examined to its end is opened once more.
func faults(t *testing.T, s showing) []string {
	t.Helper()
	found := faultsOnce(t, s)
	if slices.Contains(found, unfinished) {
		found = faultsOnce(t, s)
	}
	return found
}

func faultsOnce(t *testing.T, s showing) []string {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	command := exec.CommandContext(ctx, *browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--force-device-scale-factor=1", "--enable-logging=stderr", //nolint:gosec // the browser named on the command line
		"--virtual-time-budget=20000", fmt.Sprintf("--window-size=%d,4000", s.wide), "--blink-settings=preferredColorScheme="+s.scheme,
		"--screenshot="+s.picture, "--dump-dom", "file://"+s.page)
	var out, errs strings.Builder
	command.Stdout, command.Stderr = &out, io.Writer(&errs)
	if err := command.Run(); err != nil {
		return []string{unfinished, err.Error()}
	}
	var all []string
	for _, line := range strings.Split(errs.String(), "\n") {
		if strings.Contains(line, "CONSOLE") {
			all = append(all, line)
		}
	}
	match := axeFound.FindStringSubmatch(out.String())
	if match == nil {
		return append(all, unfinished)
	}
	var violations []string
	if err := json.Unmarshal([]byte(html.UnescapeString(match[1])), &violations); err != nil {
		t.Fatal(err)
	}
	return append(all, violations...)
}
