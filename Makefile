# Needs Python 3.11 or newer, make and a package index; all else is installed into .venv and node_modules.
#   make site    build this repository's own archive, content/, into site/
#   make manual  build the manual, docs/, into .manual/site/
#   make test    run all tests; CI=true turns a missing program (Chromium, node, Java) into a failure
#   make check   format, lint, types, docs, layers: what must hold before a commit
#   make soak    show every promise of docs/promises.md at length, in an hour; PART=kills N=5000: one, longer
#   make bench   measure lwnindex beside Hugo and Pelican (SIZE=1000 RUNS=3), and write benchmarks/RESULTS.md
#   make screenshots  make pictures of every kind of page in .screenshots/ with Chromium (CHROMIUM=/path/to/it)
#   make words   bring the catalogues of the interface's words up to date with the templates
#   make variables  write what templates see into docs/templates.md
#   make format  rewrite the code as `make check` wants it
#   make lock    resolve the dependencies again (UPGRADE=1: to their newest versions) and write the locks
#   make clean   remove .venv, node_modules, .bench, .manual, .screenshots and the caches, and nothing else

.DEFAULT_GOAL := site
.DELETE_ON_ERROR:
.PHONY: site manual wheel test soak check format-check lint types docs layers bench screenshots words variables format lock clean

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$python; break; }; done)
VENV := .venv
BENCH := .bench
RUN := $(VENV)/bin/python
# -qq also hides pip's remarks on how the machine's index is set up; its errors are still shown.
PIP := $(RUN) -m pip --disable-pip-version-check -qq
UV_VERSION := 0.13.9

# What is compiled once need not be at each start, also where Python may not write beside the sources then.
site: $(VENV)/.site
	@$(RUN) -m compileall -q lwnindex build.py
	@$(RUN) build.py
	@echo "Open site/index.html in a browser: file://$(CURDIR)/site/index.html"

manual: $(VENV)/.site
	@$(RUN) build.py --config manual.toml
	@echo "Open .manual/site/start/index.html in a browser: file://$(CURDIR)/.manual/site/start/index.html"

wheel: $(VENV)/.site
	@$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist/lwnindex-*.whl

test: $(VENV)/.dev node_modules/.made
	@$(RUN) -m pytest -n auto --dist loadfile --no-loadscope-reorder --cov --cov-report=term-missing:skip-covered

# Without PART, all; N is how many trials each part has. Much of it waits for a disk: two processors do for four.
soak: $(VENV)/.dev node_modules/.made
	@SOAK=$(or $(N),1) HYPOTHESIS_PROFILE=soak $(RUN) -m pytest -n 4 --dist worksteal \
		$(if $(PART),$(foreach part,$(PART),tests/promises/test_$(part).py),tests/promises)

check: format-check lint types docs layers
	@echo "All checks passed."

format-check: $(VENV)/.dev
	@$(RUN) -m ruff format --check .

lint: $(VENV)/.dev
	@$(RUN) -m ruff check .

types: $(VENV)/.dev
	@$(RUN) -m mypy

docs: $(VENV)/.dev node_modules/.made
	@$(RUN) -m pytest -q tests/test_docs.py

layers: $(VENV)/.dev node_modules/.made
	@$(RUN) -m pytest -q tests/test_layers.py

SIZE := 1000
RUNS := 3

bench: $(VENV)/.site $(BENCH)/.made
	@$(RUN) -m benchmarks.run --size $(SIZE) --runs $(RUNS) --work $(BENCH)

screenshots: $(VENV)/.dev
	@$(RUN) -m tests.screenshots

words: $(VENV)/.dev
	@$(RUN) -m tests.wordlist

variables: $(VENV)/.dev
	@$(RUN) -m tests.variables

format: $(VENV)/.dev
	@$(RUN) -m ruff check --fix .
	@$(RUN) -m ruff format .

# A .venv whose Python has gone (an upgrade of the system takes it away) is made anew.
ifeq ($(wildcard $(RUN)),)
.PHONY: $(VENV)/.made
endif

# The stamps: each installation happens once, and again when what it is made from changes.
$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "Making $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(if $(wildcard $(RUN)),,--clear) $(VENV)
	@touch $@

$(VENV)/.site: $(VENV)/.made requirements.lock pyproject.toml
	@echo "Installing requirements.lock"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --no-index -e .
	@$(RUN) -m compileall -q lwnindex
	@touch $@

$(VENV)/.dev: $(VENV)/.site requirements-dev.lock
	@echo "Installing requirements-dev.lock"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# The peers that are measured beside us. One that cannot be had is left out, and the results say so.
$(BENCH)/.made: $(VENV)/.made benchmarks/requirements.txt
	@echo "Installing benchmarks/requirements.txt"
	@$(RUN) -m venv $(BENCH)/venv
	@$(BENCH)/venv/bin/python -m pip --disable-pip-version-check -qq install -r benchmarks/requirements.txt \
		&& touch $@ || echo "The peers could not be installed." >&2

# Without npm, or where npm finds no registry, the tests say what is missing; they alone decide what that means.
node_modules/.made: package.json package-lock.json .npmrc
	@if command -v npm >/dev/null; then \
		echo "Installing package-lock.json"; \
		npm ci --silent && touch $@ || echo "npm ci failed" >&2; \
	fi

COMPILE = $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) pyproject.toml

lock: $(VENV)/.made
	@$(PIP) install uv==$(UV_VERSION)
	@$(COMPILE) --group build --output-file requirements.lock
	@$(COMPILE) --group dev --constraints requirements.lock --output-file requirements-dev.lock

# .venv goes only where this file made it.
clean:
	@if test -e $(VENV)/.made; then rm -rf $(VENV); fi
	@rm -rf $(BENCH) .manual .screenshots node_modules .hypothesis .mypy_cache .pytest_cache .ruff_cache htmlcov .coverage .coverage.*
	@find lwnindex tests benchmarks -type d -name __pycache__ -prune -exec rm -rf {} +
