# `make help` lists what there is. Everything that a target needs beyond Go, Python 3 and Node goes into .cache.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
export GOTOOLCHAIN := local

CACHE := .cache
VENV := $(CACHE)/venv
NODE_MODULES := tests/js/node_modules
BOTOCORE := 1.44.5
SAM_TRANSLATOR := 1.110.0

.PHONY: help
help: ## List the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: build
build: ## Build bin/sluice
	@$(MAKE) --no-print-directory need-go
	@test -e bin/sluice || echo "Building; the first time this takes about a minute."
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o bin/sluice ./cmd/sluice

.PHONY: demo
demo: build ## Watch traffic move to a new version, and an alarm stop a broken one
	bin/sluice demo

.PHONY: check
check: need-go ## The quick part (a minute): format, vet, unit tests
	@test -z "$$("$$(go env GOROOT)/bin/gofmt" -l cmd internal | tee /dev/stderr)" || { echo "make check: run gofmt -w on the files above" >&2; exit 1; }
	go vet ./...
	go test -short ./...

# The race detector would hold the end of each process up for a second, and watch every step of SQLite, which is C that
# was translated: with it most of the time would go there. What SQLite's driver does in Go is watched.
RACE := GORACE=atexit_sleep_ms=0
RACE_FLAGS := -gcflags=modernc.org/sqlite/lib=-race=false

.PHONY: test
test: need-go need-python need-node ## All tests (some minutes): Go with the race detector, then real clients
	@$(MAKE) --no-print-directory build $(VENV)/ready $(NODE_MODULES)/ready
	go vet ./...
	$(RACE) go test -race $(RACE_FLAGS) -timeout 12m ./...
	$(VENV)/bin/pytest -q -n 2 --dist loadfile tests

FUZZTIME := 3m

.PHONY: fuzz
fuzz: need-go ## Fuzz each decoder for FUZZTIME (3m); what breaks one goes into its testdata/fuzz
	@grep -rl --include='*_test.go' '^func Fuzz' internal | sort | while read -r file; do \
	  sed -n 's/^func \(Fuzz[A-Za-z0-9]*\)(.*/\1/p' "$$file" | while read -r target; do \
	    echo "$$target of $$(dirname "$$file")"; \
	    go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) "./$$(dirname "$$file")" || exit 1; \
	  done || exit 1; \
	done

.PHONY: bench
bench: build $(CACHE)/sam/ready ## Compare with the least that a host can do, and write docs/benchmarks.md
	go run ./internal/bench -sam $(CACHE)/sam/bin/python -write docs/benchmarks.md

.PHONY: generate
generate: need-go need-python $(CACHE)/botocore-$(BOTOCORE).whl ## Generate request and response shapes, and the tables of operations and resource types
	go run ./internal/api/shape/gen -models $(CACHE)/botocore-$(BOTOCORE).whl -out internal/api/shape
	go test -run TestTheDocumentShowsTheOperations ./internal/conformance -update
	go test -run TestTheDocumentShowsTheTypes ./internal/api/resource -update

.PHONY: lint
lint: need-go ## The linters of .golangci.yml
	go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.6.2 run ./...

.PHONY: clean
clean: ## Remove what was built and installed
	rm -rf bin $(CACHE) $(NODE_MODULES)

.PHONY: need-go need-python need-node
need-go:
	@command -v go >/dev/null || { echo "sluice needs Go 1.26 or newer: https://go.dev/dl" >&2; exit 1; }
need-python:
	@command -v python3 >/dev/null || { echo "the tests need Python 3.10 or newer with venv: https://www.python.org/downloads" >&2; exit 1; }
need-node:
	@command -v npm >/dev/null || { echo "the tests need Node 20 or newer with npm: https://nodejs.org/download" >&2; exit 1; }

$(VENV)/ready: tests/requirements.txt
	rm -rf $(VENV)
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@

$(CACHE)/sam/ready:
	rm -rf $(CACHE)/sam
	python3 -m venv $(CACHE)/sam
	$(CACHE)/sam/bin/pip install --quiet --disable-pip-version-check aws-sam-translator==$(SAM_TRANSLATOR) pyyaml==6.0.2
	touch $@

$(NODE_MODULES)/ready: tests/js/package-lock.json
	cd tests/js && npm ci --silent --no-audit --no-fund
	touch $@

$(CACHE)/botocore-$(BOTOCORE).whl:
	mkdir -p $(CACHE)
	python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest $(CACHE) botocore==$(BOTOCORE)
	mv $(CACHE)/botocore-$(BOTOCORE)-*.whl $@
