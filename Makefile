# Targets carry a ## comment; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help build install demo test lint fuzz bench mutate browser office update docs sizes check

VERSION  := $(shell git describe --always --dirty 2>/dev/null || echo unversioned)
SCRIPT   := reports/html/assets/echarts.common.min.js
AXE      := node_modules/axe-core/axe.min.js
ROOMS    := cmd registers store queries analysis reports
OFFICE   ?= soffice
PERMITS  ?= 300000
FUZZTIME ?= 60s
PREFIX   ?= /usr/local
CHROMIUM ?= chromium
BROWSE   ?= -pictures
LINT     := bin/golangci-lint
LINT_VERSION := v2.15.0

help:
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: $(SCRIPT) ## bin/koblet, with the chart script inside
	@CGO_ENABLED=1 go build -trimpath -buildvcs=false -ldflags "-X main.version=$(VERSION)" -o bin/koblet ./cmd/koblet

# npm runs only when the lock file is newer than the script, or the script is not there.
$(SCRIPT): package.json package-lock.json
	@npm ci --loglevel=error --no-audit --no-fund --ignore-scripts >/dev/null
	@mkdir -p $(@D)
	@cp node_modules/echarts/dist/$(@F) $@

install: build ## bin/koblet to PREFIX/bin (/usr/local/bin); make install PREFIX=~/.local needs no root
	@install -d $(DESTDIR)$(PREFIX)/bin
	@install -m 755 bin/koblet $(DESTDIR)$(PREFIX)/bin/koblet

$(AXE): package.json package-lock.json
	@npm ci --loglevel=error --no-audit --no-fund --ignore-scripts >/dev/null
	@touch $@

demo: build ## invent registers, load three snapshots, write the annual report to koblet-demo/
	@bin/koblet demo --permits $(PERMITS) --out koblet-demo

test: $(SCRIPT) ## every test, with the race detector
	go test -race -timeout 40m ./...

lint: $(LINT)-$(LINT_VERSION) ## gofmt, go vet and golangci-lint
	@unformatted=$$(gofmt -l $(ROOMS)); test -z "$$unformatted" || { echo "not formatted: $$unformatted" >&2; exit 1; }
	go vet ./...
	$(LINT)-$(LINT_VERSION) run ./...

$(LINT)-$(LINT_VERSION):
	GOBIN=$(CURDIR)/bin go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	@mv $(LINT) $@

fuzz: ## every fuzz target for FUZZTIME (60s)
	@for room in $$(go list ./...); do \
	  for target in $$(go test -list '^Fuzz' $$room | grep '^Fuzz'); do \
	    echo "$$room $$target"; \
	    go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$room || exit 1; \
	  done; \
	done

bench: $(SCRIPT) ## benchmarks, the ratios of load to DuckDB's own read_csv, the slowest five questions
	go test -run '^$$' -bench . -benchtime 1x -timeout 60m ./...

mutate: ## deletes each line of each question and measure in turn; lists those that no case misses
	go test ./queries -run TestMutations -mutate -timeout 30m

browser: build $(AXE) ## the annual report and every question's page in headless Chromium, light and dark, two widths: axe-core, console, requests, pictures
	@[ -d koblet-demo/store ] || $(MAKE) demo
	go test ./cmd/koblet -run TestBrowser -count 1 -timeout 30m -browser $(CHROMIUM) $(BROWSE)

office: ## documents read again by LibreOffice Writer: every paragraph and every cell, in order
	go test ./reports -run TestOffice -count 1 -office $(OFFICE)

update: $(SCRIPT) ## rewrite the wanted results of the tests from what the program gives
	go test $$(grep -rlE 'flag\.Bool\("update"' --include='*_test.go' . | xargs -n1 dirname | sort -u) -update

docs: build ## docs/questions.md, from the heads of the questions
	@bin/koblet questions --format markdown > docs/questions.md

sizes: ## the longest files and functions
	@git ls-files '*.go' ':!*_test.go' | xargs wc -l | grep -v ' total$$' | sort -rn | head -n 12
	@git ls-files '*.go' ':!*_test.go' | while read -r file; do \
	  awk -v file="$$file" '/^func /{ first = NR; name = $$0 } /^}/{ if (first) printf "%5d %s:%d %.70s\n", NR-first+1, file, first, name; first = 0 }' "$$file"; \
	done | sort -rn | head -n 12

check: build lint test ## what CI runs
