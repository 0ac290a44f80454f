# Everything one does with Glossator. `make run` and `make test` need Go, Node
# and make; they install the rest.

SHELL := /bin/bash
.ONESHELL:
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := build

GO_VERSION   := 1.26
NODE_VERSION := 20.19
LINT         := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
VERSION      := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)

TOOLS        := $(or $(TMPDIR),/tmp)/glossator-tools

DATA ?= data
ADDR ?= 127.0.0.1:8080
JUDGED ?=

FRONTEND := $(shell find frontend -path frontend/node_modules -prune -o -path frontend/dist -prune -o -type f -print) api/openapi.yaml

.PHONY: run build reproducible test check generate e2e bench bench-scale fuzz torture drill load soak judge dev tools unit race chromium clean

run: build ## build, then start on 127.0.0.1:8080 with something in it
	./glossator serve --data $(DATA) --listen $(ADDR)

build: frontend/dist/index.html ## the binary, ./glossator, with the app inside
	CGO_ENABLED=0 go build -trimpath -buildvcs=auto -ldflags "-X main.version=$(VERSION)" -o glossator ./cmd/glossator

reproducible: frontend/node_modules/.installed ## builds the commit in two folders and compares every byte
	folder=$$(mktemp -d)
	trap 'rm -rf "$$folder"' EXIT
	for name in first second/deeper; do
		git clone --quiet --no-hardlinks . "$$folder/$$name"
		ln -s $(abspath frontend/node_modules) "$$folder/$$name/frontend/node_modules"
		$(MAKE) --no-print-directory -C "$$folder/$$name" -o frontend/node_modules/.installed VERSION=$(VERSION) build
	done
	cmp "$$folder/first/glossator" "$$folder/second/deeper/glossator"
	sha256sum "$$folder/first/glossator" | cut -d' ' -f1

test: check unit race e2e ## everything, the browser included

unit: frontend/dist/index.html
	go test -timeout 30m ./...
	cd frontend && npm test

# Under the race detector the corpora of ../shared would take an hour: they run
# without it, in unit.
race: frontend/dist/index.html
	GLOSSATOR_SHARED=none GLOSSATOR_REQUIRE_SHARED= go test -race -timeout 30m ./...

check: frontend/node_modules/.installed frontend/dist/index.html ## formatting, linters, types, generated files
	test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -d $$(git ls-files '*.go'); exit 1; }
	go mod tidy -diff
	go vet ./...
	go run $(LINT) run ./...
	cd frontend && npm run check

generate: frontend/node_modules/.installed ## types of the browser from the contract
	cd frontend && npm run generate

e2e: build chromium ## stories in a real browser, on the real binary
	cd frontend && npm run e2e

bench: build ## figures: import, search beside Bleve's own path and over HTTP, how soon a write is found, annotations carried
	go test -run '^$$' -bench . -benchtime 2s -timeout 1h ./...

SCALE ?= $(or $(TMPDIR),/tmp)/glossator-scale
bench-scale: ## figures: search in twenty times the trade agreements; half an hour the first time, the indexes stay in SCALE
	mkdir -p $(SCALE)
	GLOSSATOR_COPIES=20 GLOSSATOR_BENCH=$(SCALE) go test -run '^$$' -bench Scale -benchtime 1x -timeout 3h ./index/bleve

FUZZTIME ?= 30s
fuzz: frontend/dist/index.html ## each fuzz target for FUZZTIME; what it finds stays in testdata/fuzz
	for package in $$(git grep -l '^func Fuzz' -- '*_test.go' | xargs -n1 dirname | sort -u); do
		for target in $$(go test -list '^Fuzz' ./$$package | grep '^Fuzz'); do
			echo "$$package $$target"
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 100x ./$$package
		done
	done

KILLS ?= 1000
CUTS ?= 100
FLIPS ?= 300
torture: frontend/dist/index.html ## KILLS kills of a server under load, CUTS power cuts, FLIPS bits turned in indexes: is anything lost or wrong? an hour
	GLOSSATOR_KILLS=$(KILLS) GLOSSATOR_CUTS=$(CUTS) GLOSSATOR_FLIPS=$(FLIPS) \
		go test -count=1 -timeout 24h -v -run '^(TestKill|TestPowerCut|TestPowerCutControl|TestBitFlips)$$' ./cmd/glossator

DRILL ?=
drill: frontend/dist/index.html ## loses a copy of the data folder DRILL and restores it: backup, restore, index, comparison, check, and how long each takes
	test -n "$(DRILL)" || { echo "Say which data folder: make drill DRILL=FOLDER"; exit 1; }
	GLOSSATOR_DRILL="$(abspath $(DRILL))" go test -count=1 -timeout 1h -v -run '^TestDrill$$' ./cmd/glossator

VEGETA    := github.com/tsenart/vegeta/v12@v12.13.0
LOAD      ?=
LOAD_TIME ?= 60s
LOAD_RATE ?= 300
load: frontend/dist/index.html ## what is held: LOAD_RATE requests a second for LOAD_TIME on a copy of the data folder LOAD, then ten times the clients
	test -n "$(LOAD)" || { echo "Say which data folder: make load LOAD=FOLDER"; exit 1; }
	mkdir -p $(TOOLS)
	GOBIN=$(TOOLS) GOFLAGS= go install $(VEGETA)
	PATH="$(TOOLS):$$PATH" GLOSSATOR_LOAD="$(abspath $(LOAD))" GLOSSATOR_LOAD_TIME=$(LOAD_TIME) GLOSSATOR_LOAD_RATE=$(LOAD_RATE) \
		go test -count=1 -timeout 1h -v -run '^TestLoad$$' ./cmd/glossator

SOAK_TIME ?= 2h
soak: frontend/dist/index.html ## memory, goroutines and open files over SOAK_TIME of load, on a copy of the data folder LOAD if there is one
	GLOSSATOR_LOAD="$(if $(LOAD),$(abspath $(LOAD)))" GLOSSATOR_SOAK=$(SOAK_TIME) \
		go test -count=1 -timeout 24h -v -run '^TestSoak$$' ./cmd/glossator

judge: ## how well it ranks: every judged collection in JUDGED, ../shared/judged by default
	GLOSSATOR_JUDGED="$(abspath $(JUDGED))" GLOSSATOR_REQUIRE_SHARED=1 go test -count=1 -timeout 30m -v -run '^TestJudged$$' ./index/bleve -args -judged.depth 1000

dev: frontend/node_modules/.installed ## the server, and the app with reloading on :5173
	trap 'kill 0' EXIT
	go run ./cmd/glossator serve --data $(DATA) --listen $(ADDR) &
	cd frontend && npm run dev

clean:
	rm -rf glossator frontend/dist/assets frontend/dist/index.html frontend/node_modules

tools:
	@command -v go >/dev/null || { echo "Go is missing: install Go $(GO_VERSION) or later from your system's packages or go.dev."; exit 1; }
	command -v node >/dev/null || { echo "Node is missing: install Node $(NODE_VERSION) or later from your system's packages or nodejs.org."; exit 1; }
	node -e 'const [a,b]=process.versions.node.split(".").map(Number),[c,d]="$(NODE_VERSION)".split(".").map(Number);process.exit(a>c||a===c&&b>=d?0:1)' \
		|| { echo "Node $$(node --version) is too old: install $(NODE_VERSION) or later."; exit 1; }

frontend/node_modules/.installed: frontend/package.json frontend/package-lock.json | tools
	cd frontend
	npm ci --no-audit --no-fund
	touch node_modules/.installed

frontend/dist/index.html: frontend/node_modules/.installed $(FRONTEND)
	cd frontend && npm run build

chromium:
	@bash frontend/e2e/chromium.sh
