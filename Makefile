# The commands of the README. Nothing but Python 3.11+, make and the package registries is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test talk bench lint format lock rasa clean

run: $(VENV)/.run
	$(BIN)/sanad serve

talk: $(VENV)/.run
	$(BIN)/sanad talk

test: $(VENV)/.dev lint
	$(BIN)/pytest

bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Rasa needs Python 3.10 and an environment of its own; RASA_PYTHON says where one is.
RASA_PYTHON ?= $(firstword $(wildcard $(HOME)/.pyenv/versions/3.10.*/bin/python) python3.10)
rasa: $(VENV)/.dev .venv-rasa/.done
	$(BIN)/python -m nlu.rasa.prove --rasa .venv-rasa/bin/rasa \
	  --frozen nlu/frozen/intents.tsv

.venv-rasa/.done: requirements/rasa.txt
	@$(RASA_PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' || \
	  { echo "Rasa 3.6 needs Python 3.10; set RASA_PYTHON=/path/to/python3.10"; exit 1; }
	$(RASA_PYTHON) -m venv .venv-rasa
	.venv-rasa/bin/python -m pip install -q --disable-pip-version-check --require-hashes \
	  -r requirements/rasa.txt
	@touch $@

# The locks record hashes and no registry: anybody's registry will do.
lock: $(VENV)/.dev
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate \
	  --python-version 3.11 pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate \
	  --python-version 3.11 pyproject.toml --group dev -o requirements/dev.txt
	$(BIN)/uv pip compile -q --generate-hashes --no-header --no-annotate \
	  --python-version 3.10 nlu/rasa/requirements.in -o requirements/rasa.txt

clean:
	rm -rf $(VENV) .venv-rasa .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Sanad needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(BIN)/python requirements/run.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -c 'import pathlib, sysconfig; \
	  pathlib.Path(sysconfig.get_path("purelib"), "sanad.pth").write_text("$(CURDIR)\n")'
	@printf '#!/bin/sh\nexec "$$(dirname "$$(readlink -f "$$0")")/python" -m bot "$$@"\n' \
	  > $(BIN)/sanad && chmod +x $(BIN)/sanad
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
