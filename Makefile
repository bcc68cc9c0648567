# make run      set everything up and start the server      make run CITY=330200 for another city
# make test     set everything up and run every check and test, browser journeys included
# make setup    what run and test share
# make bench    the map's benchmark
# make counts   rewrite the tables of docs that count the catalogue

CITY ?= 420300
HOST ?= 127.0.0.1
PORT ?= 5000
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run setup test lint browser office screenshots bench counts clean

run: setup instance/.prepared-$(CITY)
	@exec $(BIN)/python -m mapapp serve --city $(CITY) --host $(HOST) --port $(PORT)

setup: .venv/.installed static/built/.made

.venv/.installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit("需要 Python 3.11 或更新的版本") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

static/vendor/.copied: package.json package-lock.json
	npm ci --silent --no-audit --no-fund
	@node static/vendor.mjs
	@touch $@

static/built/.made: static/vendor/.copied static/build.mjs $(wildcard static/js/*.js static/js/pages/*.js static/css/*)
	@node static/build.mjs
	@touch $@

# Once for each city: boundaries, database, sample. Never again, so it never touches what came since.
instance/.prepared-$(CITY): | setup
	@mkdir -p instance
	@$(BIN)/python -m mapapp prepare --city $(CITY)
	@touch $@

test: setup browser office lint
	$(BIN)/python -m pytest

lint: setup
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy

# A Chromium that is there, or Debian's (as root), or Playwright's own.
browser: setup
	@$(BIN)/python -m tests.browser.chromium

# LibreOffice reads the files that we write; the product itself never starts it.
office: setup
	@$(BIN)/python -m tests.mapapp.documents.soffice

screenshots: setup browser
	$(BIN)/python -m tests.browser.screenshots

# Our map beside folium's own ways, at 1,000, 10,000 and 100,000 projects.
bench: setup browser
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/benchmarks/requirements.txt
	@$(BIN)/python -m tests.benchmarks.map

counts: setup
	@$(BIN)/python -m mapapp catalogue-counts --write

clean:
	rm -rf .venv node_modules static/vendor static/built
