# Every target makes the virtual environment when it is missing; bare `make` lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
# A file's tests run in one worker, which makes their servers, browsers and libraries once.
PYTEST := -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder
unexport PYTHONDONTWRITEBYTECODE # tests start many processes: compile what they import once
export Q ?= what does the three-phase plan involve?

.DEFAULT_GOAL := help
.PHONY: help chat ask test test-unit check eval bench bench-ingest fit screenshots measure-window measure-verification clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | column -t -s "$$(printf '\t')"

chat: $(VENV)/ready  ## ingest seeds/ and open the chat window
	@$(BIN)/briefings ingest seeds > /dev/null
	@$(BIN)/briefings chat

ask: $(VENV)/ready  ## ask one question: make ask Q="what does the three-phase plan involve?"
	@$(BIN)/briefings ingest seeds > /dev/null
	@$(BIN)/briefings ask "$$Q"

test: $(VENV)/ready-dev  ## run all tests
	@$(BIN)/python $(PYTEST)

test-unit: $(VENV)/ready-dev  ## run the fast tests only
	@$(BIN)/python $(PYTEST) -m "not slow"

check: $(VENV)/ready-dev  ## lint, format, types and the direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

eval: $(VENV)/ready-dev  ## measure citations and answers on the question cases; fails when they got worse
	@$(BIN)/briefings eval --html build/eval.html

bench-ingest: $(VENV)/ready-dev  ## measure how fast 10,000 briefings are ingested, beside a bare loop and stock LlamaIndex
	@$(BIN)/python -m evals.bench_ingest

fit: $(VENV)/ready-dev  ## fit the evidence model on the development and training cases
	@$(BIN)/python -m evals.fit

bench: $(VENV)/ready-dev  ## measure retrieval and speed beside the building blocks (BRIEFINGS_BENCH_DATA: public data)
	@$(BIN)/python -m evals.bench

screenshots: $(VENV)/ready-dev  ## take pictures of the chat window, and renew those in docs/
	@$(BIN)/python -m tests.screenshots build/screenshots
	@for name in first-run-light citation-light citation-dark citation-phone-dark; do \
		cp build/screenshots/$$name.png docs/; done

measure-window: $(VENV)/ready-dev  ## measure the chat window in a browser: one visitor alone, then twenty at once
	@$(BIN)/python -m tests.measure_window

measure-verification: $(VENV)/ready-dev  ## measure how long the check of a sentence takes
	@$(BIN)/python -m tests.measure_verification

clean:  ## remove the virtual environment
	rm -rf $(VENV)

$(VENV)/ready: pyproject.toml constraints.txt
	@echo "Setting up $(VENV) (once, a minute or two) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) -e .
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready
	@$(PIP) -e '.[dev,postgresql]'
	@touch $@
