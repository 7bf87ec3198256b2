PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := Scripts
else
BIN := bin
endif
REPORT_OPTIONS ?=
PYTEST_OPTIONS ?=
DEFINITIONS := pyproject.toml constraints.txt

.PHONY: report test test-slow test-core check lint build clean

# Read corpus/ and write outputs/; installs no torch.
report: .venv/made
	.venv/$(BIN)/coordnlp report $(REPORT_OPTIONS)

# Every test, with the extras `ocr`, `train` and `transformers`.
test: .venv-test/made
	HF_HUB_OFFLINE=1 TOKENIZERS_PARALLELISM=false .venv-test/$(BIN)/python -m pytest $(PYTEST_OPTIONS)

# What takes minutes: runs killed at every moment, every pattern on long runs, a run over all hostile files.
test-slow: .venv-test/made
	HF_HUB_OFFLINE=1 .venv-test/$(BIN)/python -m pytest -m slow $(PYTEST_OPTIONS)

# What must pass where the extras `ocr`, `train` and `transformers` are not installed.
test-core: .venv-core/made
	HF_HUB_OFFLINE=1 .venv-core/$(BIN)/python -m pytest -m "not transformers and not train and not ocr and not slow" $(PYTEST_OPTIONS)

lint: .venv-test/made
	.venv-test/$(BIN)/ruff check .
	.venv-test/$(BIN)/ruff format --check .
	.venv-test/$(BIN)/mypy
	.venv-test/$(BIN)/lint-imports

# What CI runs.
check: lint test

build: .venv-test/made
	.venv-test/$(BIN)/python -m build

clean:
	rm -rf .venv .venv-test .venv-core build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

# Made anew, not updated, so that what a definition no longer names is gone.
.venv/made: $(DEFINITIONS)
	$(PYTHON) -m venv --clear .venv
	.venv/$(BIN)/python -m pip install --quiet -c constraints.txt -e .
	touch $@

.venv-test/made: $(DEFINITIONS)
	$(PYTHON) -m venv --clear .venv-test
	.venv-test/$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[ocr,train,transformers,dev]"
	touch $@

.venv-core/made: $(DEFINITIONS)
	$(PYTHON) -m venv --clear .venv-core
	.venv-core/$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[dev]"
	touch $@
