package html

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"sync"

	"koblet/reports"
	"koblet/reports/charts"

	"github.com/dop251/goja"
)

// ErrNoECharts says that the program was built without the chart script, so it cannot write a page.
var ErrNoECharts = errors.New("this koblet was built without the chart script: run make build")

const (
	scriptECharts = "echarts.common.min.js"
	scriptStart   = "start.js"
)

// script reads one of the page's scripts.
func script(assets fs.FS, name string) (string, error) {
	text, err := fs.ReadFile(assets, name)
	if errors.Is(err, fs.ErrNotExist) && name == scriptECharts {
		return "", ErrNoECharts
	}
	return string(text), err
}

// pageData is what the script knows of the whole page: the language's number marks and the colours of the night.
type pageData struct {
	Decimal string            `json:"decimal"`
	Group   string            `json:"group"`
	Night   map[string]string `json:"night"`
}

func newPageData(l reports.Locale) pageData {
	p := pageData{Night: map[string]string{"#fff": charts.Paper.Dark}}
	p.Decimal, p.Group = l.Separators()
	for _, c := range charts.Inks() {
		p.Night[c.Light] = c.Dark
	}
	return p
}

// programs are the page's scripts as the machine runs them. They are the program's own files, so they are read and compiled once
// in a process: that costs more than drawing a page's charts.
var programs = sync.OnceValues(func() ([]*goja.Program, error) {
	var out []*goja.Program
	for _, name := range []string{scriptECharts, scriptStart} {
		text, err := script(assets(), name)
		if err != nil {
			return nil, err
		}
		program, err := goja.Compile(name, text, false)
		if err != nil {
			return nil, fmt.Errorf("%s: %v", name, err)
		}
		out = append(out, program)
	}
	return out, nil
})

// stills draws charts as SVG text by running the page's own script. One machine serves a page, because the names of
// classes and clip paths are numbered in it and must differ within a page.
func stills(page pageData, drawings []charts.Drawing) ([]string, error) {
	vm := goja.New()
	if err := vm.Set("setTimeout", func() {}); err != nil {
		return nil, err
	}
	list, err := programs()
	if err != nil {
		return nil, err
	}
	for _, program := range list {
		if _, err := vm.RunProgram(program); err != nil {
			return nil, err
		}
	}
	var out []string
	for i, d := range drawings {
		svg, err := still(vm, page, d)
		if err != nil {
			return nil, fmt.Errorf("chart %d: %w", i+1, err)
		}
		out = append(out, svg)
	}
	return out, nil
}

// still hands the chart over as a JSON text that the script parses: data stays data.
func still(vm *goja.Runtime, page pageData, d charts.Drawing) (string, error) {
	chart, err := json.Marshal(d)
	if err != nil {
		return "", err
	}
	marks, err := json.Marshal(page)
	if err != nil {
		return "", err
	}
	run, err := vm.RunString(`(function (chart, page) { return koblet.still(JSON.parse(chart), JSON.parse(page)); })`)
	if err != nil {
		return "", err
	}
	call, ok := goja.AssertFunction(run)
	if !ok {
		return "", errors.New("start.js: no function to call")
	}
	svg, err := call(goja.Undefined(), vm.ToValue(string(chart)), vm.ToValue(string(marks)))
	if err != nil {
		return "", err
	}
	return embedded(svg.String(), d), nil
}

var (
	svgSize = regexp.MustCompile(`^<svg width="\d+" height="\d+"`)
	svgName = regexp.MustCompile(`(id="|url\(#|class="|\.)zr(\d+)-`)
)

// embedded makes a drawing part of a page: the page decides how wide it stands, and its names differ from those that the
// live charts number in the same way, whose clip paths would else be looked up in the still ones.
func embedded(svg string, d charts.Drawing) string {
	svg = svgSize.ReplaceAllString(svg, fmt.Sprintf(`<svg viewBox="0 0 %d %d" focusable="false"`, d.Width, d.Height))
	return svgName.ReplaceAllString(svg, "${1}still${2}-")
}
