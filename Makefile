# The two commands are `make run` and `make test`. Written for GNU make 3.81 and any POSIX shell.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run install test lint lock clean run-environment test-environment translations

PYTHONS ?= python3.13 python3.12 python3.11 python3
UV ?= uv
WORKERS ?= auto
BIN := .venv/bin
LOCK_OPTIONS := --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header

# Sets $python to the first interpreter of a supported version, or says how to get one.
FIND_PYTHON = python=; for name in $(PYTHONS); do \
	if $$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
		2>/dev/null; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Python 3.11, 3.12 or 3.13 is needed: sudo apt install python3 python3-venv" \
			"(macOS: brew install python@3.12)" >&2; \
		exit 1; \
	fi

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## /make \1|/p' Makefile | awk -F'|' '{printf "%-12s %s\n", $$1, $$2}'

run: run-environment translations ## start the portal here; PORT=8000, HOST=127.0.0.1, data in var/
	@exec $(BIN)/python -m portal.cli.supervisor

install: run-environment translations ## make the environment only, as a deployment does

test: test-environment translations ## run the tests; says what it skipped and how to get it
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

lint: test-environment translations ## style, types, import contracts, translations, vendored files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/translations.py check
	$(BIN)/python tools/vendor.py --check

lock: ## renew requirements/*.txt from the *.in files (needs uv)
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: pipx install uv"; exit 1; }
	$(UV) pip compile $(LOCK_OPTIONS) -o requirements/run.txt requirements/run.in
	$(UV) pip compile $(LOCK_OPTIONS) -o requirements/dev.txt requirements/dev.in

clean: ## remove the environment and caches; keeps var/
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis dist
	find portal tests tools migrations -name __pycache__ -prune -exec rm -rf {} +

translations:
	@$(BIN)/python tools/translations.py compile

run-environment:
	@$(FIND_PYTHON); exec "$$python" tools/bootstrap.py run

test-environment:
	@$(FIND_PYTHON); exec "$$python" tools/bootstrap.py dev
