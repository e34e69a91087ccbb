# Works with Python 3.10+, make and a network.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: demo test lint bench accuracy pipelines wheels clean

demo: $(STAMP)
	$(BIN)/textrepair check seeds fixtures/files || test $$? -eq 1

test: $(STAMP)
	$(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m repair.tables.build --check
	$(BIN)/python -m repair.triggers.build --check
	$(BIN)/textrepair check --quiet --config .ci/textrepair.toml .

# Ray, Spark, and the libraries of docs/pipelines.md, which their tests run if they are there: 1.7 GB
pipelines: .venv/.pipelines

.venv/.pipelines: $(STAMP)
	$(BIN)/python -m pip install --quiet -e '.[ray,spark,datatrove]' --group pipelines
	touch $@

bench: $(STAMP)
	$(BIN)/python -m pytest benchmarks --benchmark-only

accuracy: $(STAMP)
	$(BIN)/python -m benchmarks.accuracy

# Into dist/, for the interpreters named by PYTHONS or found, each tried: docs/releasing.md
wheels:
	$(PYTHON) .ci/wheels.py $(PYTHONS)

clean:
	rm -rf .venv build dist *.egg-info

# Compiled modules are read instead of their sources, so they are made anew with these
$(STAMP): pyproject.toml setup.py $(wildcard repair/kernel/*.py repair/rules/farm/*.py)
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet -e '.[all]' --group test --group lint --group bench
	touch $@
