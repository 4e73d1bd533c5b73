# Scoper: set up, run, test. `make` lists what there is.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
.DEFAULT_GOAL := help
.PHONY: help setup run test test-system lint mutate bench lock clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

setup: $(STAMP) ## make .venv with everything in it, and check the system libraries

$(STAMP): requirements-dev.lock pyproject.toml tools/check_system.py
	@$(PYTHON) tools/check_system.py
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: setup ## start the app; with no display do the main job headless into out/
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
		$(PYTHON) tools/check_system.py --window && exec $(BIN)/python main.py; \
	else \
		echo "No display: doing the main job headless into out/"; \
		exec $(BIN)/python main.py demo --out out; \
	fi

lint: setup ## style, types, import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

test: setup test-system lint ## every check
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto

test-system:
	@$(PYTHON) tools/check_system.py --tests

mutate: setup ## how many faults put into the code the tests notice; ARGS="--packages store --number 30"
	@$(BIN)/python -m tools.mutate $(ARGS)

bench: setup ## side-by-side measurements
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks

lock: ## renew the locks from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --extra dev pyproject.toml requirements-build.in -o requirements-dev.lock

clean: ## remove what setup and runs have made
	rm -rf $(VENV) out dist .mutation .mypy_cache .ruff_cache .pytest_cache .hypothesis
