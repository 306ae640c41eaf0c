# Two commands set up everything: `make run` (the site, filling itself from the sample press) and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint types imports tests docs bench lock format clean browser

run: $(VENV)/run.installed
	@$(BIN)/tawatur demo $(if $(LISTEN),--listen $(LISTEN))

test: lint types imports tests

lint: $(VENV)/test.installed
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

format: $(VENV)/test.installed
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

types: $(VENV)/test.installed
	@$(BIN)/mypy

imports: $(VENV)/test.installed
	@$(BIN)/lint-imports

tests: $(VENV)/test.installed browser
	@$(BIN)/pytest -n 2 --dist worksteal

browser:
	@scripts/ensure-chromium

bench: $(VENV)/bench.installed
	@$(BIN)/python -m bench

lock: $(VENV)/test.installed
	@scripts/lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/%.installed: requirements/%.lock pyproject.toml
	@scripts/install $(PYTHON) $(VENV) $*
	@touch $@
