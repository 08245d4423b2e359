# Two commands do everything: `make demo` shows the site of the shipped cases, `make test` runs every check.
# Both need Git, Python 3.11 or later, make, and the package registries of the network.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
CATALOGUES := $(wildcard tools/caseledger/locale/*/LC_MESSAGES/*.po)

.PHONY: help install setup demo test lint unit bench stress drill messages requirements lock browser sheet clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

install: $(READY) ## install the program into .venv, from the lock file

setup: install browser ## the same, and what its tests need beside it

$(READY): requirements-dev.lock pyproject.toml $(CATALOGUES)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "caseledger needs Python 3.11 or later; set PYTHON=… to one"; exit 2; }
	@test -x $(BIN)/python || { echo "== creating $(VENV)"; $(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing: on Debian, apt-get install python3-venv"; exit 2; }; }
	@echo "== installing the locked packages into $(VENV) (a minute or two)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@echo "== compiling the translations"
	@$(BIN)/pybabel --quiet compile --domain caseledger --directory tools/caseledger/locale
	@echo "== compiling the program, so that its first run is as quick as the next"
	@$(BIN)/python -m compileall -q tools/caseledger
	@touch $@

browser:
	@sh tools/browser.sh

demo: install ## build and serve the site of the shipped cases (PORT=8000; ONCE=1 builds and exits)
	@$(BIN)/caseledger site build
	@if [ -z "$(ONCE)" ]; then $(BIN)/caseledger site serve --no-build --port $(PORT); fi

test: setup lint unit ## run every check and test, the browser's included

lint:
	@echo "== ruff"; $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "== mypy"; $(BIN)/mypy
	@echo "== import-linter"; $(BIN)/lint-imports --no-cache
	@echo "== zizmor"; $(BIN)/zizmor --offline --quiet .github
	@echo "== the shipped repository"; $(BIN)/caseledger check && $(BIN)/caseledger policy lint

unit:
	@echo "== the Node.js packages of the tests"; $(BIN)/python -m tests.npm
	@echo "== pytest"; $(BIN)/python -m pytest -n 4 --dist worksteal

bench: setup ## measure, as ratios against peers in the same run
	@$(BIN)/python -m tests.bench

stress: setup ## let 8 writers push 400 entries through one server at the same time, some killed (minutes)
	@$(BIN)/python -m tests.load

drill: setup ## lose everything in turn on a copy of the shipped cases, and bring it back
	@$(BIN)/python tools/drill.py

lock: ## renew the lock files (needs uv and npm)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url pyproject.toml --group dev -o requirements-dev.lock
	cd tests/node && npm install --package-lock-only

sheet: setup ## photograph every kind of page of the site into docs/screens
	@$(BIN)/python tools/contactsheet.py

messages: setup ## bring the Chinese catalogue up to date with the texts of the program
	@$(BIN)/python tools/messages.py

requirements: setup ## say anew where each requirement of the source policies is met
	@$(BIN)/python tools/requirements.py

clean: ## remove what was built
	rm -rf $(VENV) build .cache
