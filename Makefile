# The handout press. `make handouts` prints everything; `make test` proves it.
# Each target sets up what it needs: system libraries, .venv, the locked packages.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
EXAMPLES := 2027-03-01  # a day before the operations of the example patients
SCHEMAS := clinic figures glossary handout plan procedure signoffs topic
SECONDS := 300

.DEFAULT_GOAL := handouts
.PHONY: handouts test bench stress fuzz audit cluster-demo lint format schemas pictures map errors manual lock wheel
.PHONY: dist bench-install system-libraries test-libraries clean

handouts: $(READY) ## Print every handout and the example packet into out/
	@$(BIN)/handouts build -o out
	@echo
	@HANDOUTS_REGISTER=out/register $(BIN)/handouts --as-of $(EXAMPLES) plan content/examples/plan.yaml -o out --allow-unreviewed

test: $(READY) test-libraries ## Run all tests
	@$(BIN)/pytest

bench-install: $(READY) ## Measure what installing and starting cost; appends to bench/results.md
	@$(BIN)/python -m bench.install

bench: $(READY) ## Measure against WeasyPrint alone and Typst; appends to bench/results.md
	@$(BIN)/python -m bench

stress: $(READY) ## Every fault many times, then the wrong-patient proof on 2,000 packets
	@$(BIN)/python -m tests.stress

fuzz: $(READY) ## Damage every kind of file that is read, blindly and then guided, each for SECONDS (300)
	@$(BIN)/python -m tests.fuzzing --seconds $(SECONDS)
	@$(BIN)/python -m tests.guided --seconds $(SECONDS)

audit: $(READY) ## List all parts and their licences, write an SBOM into dist/, look for known holes
	@$(BIN)/python -m tests.audit

cluster-demo: $(READY) ## Run the example roster on a Dask cluster of this machine
	@.ci/cluster-demo

lint: $(READY) ## Style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(READY) ## Put the code into shape
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

schemas: $(READY) ## Write content/schemas/ for editors that complete and check YAML
	@for kind in $(SCHEMAS); do $(BIN)/handouts schema $$kind > content/schemas/$$kind.json; done

pictures: $(READY) test-libraries ## Draw the pictures of the first page and the guides from the real thing
	@$(BIN)/python -m tests.pictures

map: $(READY) ## Draw docs/rooms.svg from the code's own imports
	@$(BIN)/python -m tests.map

wheel: $(READY) ## Build the wheel into dist/, the same bytes for the same files
	@$(BIN)/python -m tests.release wheel

dist: $(READY) ## Build the sdist, and the wheel from it, into dist/
	@$(BIN)/python -m tests.release dist

errors: $(READY) ## Write docs/errors.md, every message with its cause and cure, from the code
	@$(BIN)/python -m tests.errors

manual: $(READY) ## Write docs/handouts.1, the man page, from the commands
	@$(BIN)/python -m tests.manual

lock: $(READY) ## Renew requirements.lock within the ranges of pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --no-emit-index-url --upgrade \
		--output-file requirements.lock --quiet

system-libraries: ## Install Pango, HarfBuzz-subset and CUPS's lp (apt or brew); once a machine
	@if [ "$(SYSTEM_LIBRARIES)" != have ]; then PYTHON="$(PYTHON)" .ci/system-libraries; fi

test-libraries: ## Install what the tests need besides: a CUPS server, Chromium
	@if [ "$(SYSTEM_LIBRARIES)" != have ]; then PYTHON="$(PYTHON)" .ci/system-libraries tests; fi

$(READY): requirements.lock pyproject.toml
	@$(MAKE) --no-print-directory system-libraries
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
		"handouts: Python 3.11 or newer is needed; run: make PYTHON=python3.12")'
	@echo "handouts: setting up $(VENV) (once; about a minute)" >&2
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

clean: ## Remove everything that was made
	rm -rf $(VENV) out dist build
