# Every target makes its own virtual environment first; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help demo drill prove-permissions test types core-tests check bench synth bootstrap deploy destroy table lock clean

PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.14 python3.12 python3.11,$(shell $(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))))
VENV := .venv
BIN := $(VENV)/bin
# Brings its own Node where the machine has none that is new enough, and installs what it runs.
CDK = $(BIN)/python -m cli.cdk
READY := $(VENV)/.ready
# Packages of which few modules are used: these are compiled when they are first imported.
LARGE = (aws_cdk|sympy|networkx|pip)/.
IMPORTED = $(BIN)/python -W ignore -c "import bench, cli.stage, stacks.account, cfnlint.api"
unexport PYTHONDONTWRITEBYTECODE
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
# More processes than cores pay for the sandbox's tests, which wait for processes of their own.
WORKERS ?= 4
PYTEST = $(BIN)/pytest --dist loadfile -n
# The core's own cases cover the core; measuring the others, and the properties, as well would cost
# them half as much again. What takes longest begins first, and its files share one deployment in
# each process.
CORE = $(addprefix tests/,model policy calls rules service settings)
FIRST = $(wildcard tests/end_to_end*) tests/stacks

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-17s %s\n", $$1, $$2}'

$(READY): requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Snapback needs Python 3.11 or newer; install it, or name it: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Setting up $(VENV), once"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(INSTALL) $$(grep '^uv==' requirements.txt)
	@# uv is several times faster; where it cannot reach the registry, pip may know how to
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements.txt || $(INSTALL) -r requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -qq -x '$(LARGE)' $(VENV)/lib & \
	  $(BIN)/python -m stacks.packages; status=$$?; $(IMPORTED) 2> /dev/null; wait; exit $$status
	@touch $@

demo: $(READY) ## Deploy into a sandbox on this machine, play attacks, show the mails and the undos
	@$(BIN)/snapback demo

drill: $(READY) ## Attack with every watched call and compare the whole state with the one before
	@$(BIN)/snapback drill

prove-permissions: $(READY) ## Drill, and compare what each role is granted with what it used
	@$(BIN)/python -m cli.permissions

test: $(READY) ## Lint, types, import contracts and every test, with coverage of the core
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/lint-imports
	@$(MAKE) --no-print-directory --jobs=2 types core-tests
	@$(PYTEST) $(WORKERS) --no-loadscope-reorder $(CORE:%=--ignore=%) $(FIRST) tests
	@$(PYTEST) auto -m hypothesis $(CORE)

types: # which is one process, and leaves the other core to the tests
	@$(BIN)/mypy

core-tests:
	@$(PYTEST) auto --cov --cov-report=term -m "not hypothesis" $(CORE)

check: $(READY) ## Only what is quick: lint, types, import contracts
	@$(BIN)/ruff check && $(BIN)/ruff format --check && $(BIN)/mypy && $(BIN)/lint-imports

bench: $(READY) ## Every figure: latency, cold start, AWS calls, zip size
	@$(BIN)/python -m bench

synth: $(READY) ## The CloudFormation template into cdk.out
	@$(CDK) synth --quiet

bootstrap: $(READY) ## Prepare the AWS account for CDK, once, in the home region
	@$(BIN)/snapback bootstrap

deploy: $(READY) ## Deploy into the AWS account that your credentials name, and say what is next
	@$(BIN)/snapback deploy

destroy: $(READY) ## Take it out of that account again; what it knows stays
	@$(BIN)/snapback destroy

table: $(READY) ## Write docs/calls.md, docs/rules.md and docs/cost.md from the code
	@$(BIN)/python -m cli.calls_page
	@$(BIN)/python -m cli.rules_page
	@$(BIN)/python -m cli.cost

lock: $(READY) ## Compile requirements.in into requirements.txt
	@$(BIN)/uv pip compile --universal --python-version 3.11 --quiet --no-header requirements.in -o requirements.txt
	@$(BIN)/uv pip compile --universal --python-version 3.13 --generate-hashes --quiet --no-header lambdas/requirements.in -o lambdas/requirements.txt

clean: ## Remove everything that was made here
	@rm -rf $(VENV) node_modules cdk.out build .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage
