# 两条命令：make demo（跑通示例）与 make test（自测）。只需 Python 3.11 以上和 make。
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo

.PHONY: demo test test-all lint types schemas quality bench clean

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	touch $@

demo: $(VENV)/.ready
	$(BIN)/python -m chuandao.commands.demo corpora/plans/gd-huizhou $(DEMO)

test: $(VENV)/.ready
	$(BIN)/python -m pytest -q -m "not slow"

test-all: $(VENV)/.ready
	$(BIN)/python -m pytest -q

lint: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# the checkers see the namespace `chuandao` through a git-ignored link to this folder
types: $(VENV)/.ready
	mkdir -p .dev && ln -sfn .. .dev/chuandao
	$(BIN)/mypy -p chuandao.plan -p chuandao.extract -p chuandao.check -p chuandao.generate -p chuandao.render -p chuandao.commands -p chuandao.archive -m chuandao.cli

schemas: $(VENV)/.ready
	$(BIN)/chuandao schema -o docs/schemas

# gains and losses over the sample plans; RECORD=1 renews the record and docs/quality.md
quality: $(VENV)/.ready
	$(BIN)/python benchmarks/quality.py $(if $(RECORD),--record)

# reading beside its peers; DATA names a folder with bench/ and third_party/; RECORD=1 renews docs/performance.md
bench: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[bench]"
	$(BIN)/python benchmarks/speed.py $(if $(DATA),--data $(DATA)) $(if $(RECORD),--record)

clean:
	rm -rf $(VENV) $(DEMO) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
