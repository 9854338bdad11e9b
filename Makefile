# Every target sets up what it needs, and does nothing where that is there.

PYTHON ?= python3
# workers-runtime-sdk: the first stands in for the one that the runtime brings, see local/worker.mjs.
SDKS := 1.0.2 1.9.5
# What the unit tests import; requirements.txt has the versions.
PYODIDE_TOOLS := pytest hypothesis openai anthropic

NODE := node_modules/.bin/node
WRANGLER := $(NODE) node_modules/wrangler/bin/wrangler.js
BIOME := $(NODE) node_modules/@biomejs/biome/bin/biome
TSC := $(NODE) node_modules/typescript/bin/tsc
BIN := .venv/bin
REPORTS := .cache/reports
# What `make mutants` tries: what keeps strangers out, and what reads what they send
MODULES := src/access src/untrusted
MOST := 50
# The longest first, as two run at a time
PARTS := pyodide unit $(SDKS:%=runtime-%) clients bundle local

PIP := $(BIN)/pip
PYTHON_TOOLS := .venv/.done
# What runs and deploys the Worker, and with it what checks the code.
NODE_RUNTIME := node_modules/.runtime
NODE_TOOLS := node_modules/.done
SDK_DIRS := $(SDKS:%=.cache/sdk-%/.done)
PYODIDE_SITE := .cache/pyodide-site/.done
AGENTS := .cache/agents
AGENTS_NPM := $(AGENTS)/npm/.done
AGENTS_PYPI := $(AGENTS)/pypi/.done $(AGENTS)/pypi_openai_2/.done
AGENTS_PROGRAMS := $(AGENTS)/programs/.done

# A client that waits for ever must not hold everything up.
PYTEST := $(BIN)/python -m pytest -q -o faulthandler_timeout=600 -o faulthandler_exit_on_timeout=true
NODE_TEST = $(NODE) --throw-deprecation --import ./tests/strict.mjs --test --test-timeout=900000 \
	--test-reporter=spec --test-reporter-destination=stdout \
	--test-reporter=junit --test-reporter-destination=$(REPORTS)/$(1).xml

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test check lint test-unit test-pyodide test-local test-runtime \
	$(SDKS:%=test-runtime-%) test-clients test-agents test-libraries test-programs \
	test-bundle test-wrangler pyodide-venv hostile mutants bench \
	bench-imports bench-counts deploy setup clean

help: ## Show this
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(NODE_RUNTIME) $(firstword $(SDK_DIRS)) ## Run the Worker on http://127.0.0.1:8787 on the mock AI (PORT, API_KEYS, …)
	@exec $(NODE) local/serve.mjs

test: setup ## Run everything below that needs no account and no internet
	@rm -rf $(REPORTS)
	@$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync=target \
	lint $(PARTS:%=test-%); made=$$?; \
	test $$made = 0 || echo "make test: a part failed, see above"; \
	$(BIN)/python scripts/summary.py $(REPORTS) $(PARTS) && exit $$made

check: lint ## Lint, types and the unit tests under CPython: the quick one
	$(BIN)/python -m pytest -q --numprocesses=2 --dist=worksteal tests/unit

lint: $(PYTHON_TOOLS) $(NODE_TOOLS) ## ruff, mypy, codespell; Biome, TypeScript; README's tables
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/codespell
	$(BIOME) ci --error-on-warnings
	$(TSC)
	$(BIN)/python scripts/make_readme.py --check

test-unit: $(PYTHON_TOOLS) | $(REPORTS) ## The core under CPython, and which of its lines the tests miss
	PYTHONPATH=scripts $(BIN)/coverage run -m pytest -q -p coverage_plugin tests/unit \
		--junitxml=$(REPORTS)/unit.xml
	$(BIN)/coverage report

test-pyodide: $(PYTHON_TOOLS) $(NODE_TOOLS) $(PYODIDE_SITE) | $(REPORTS) ## The same tests inside Pyodide
	$(NODE) scripts/pyodide_pytest.mjs -q tests/unit --junitxml=$(REPORTS)/pyodide.xml

test-local: $(NODE_TOOLS) $(SDK_DIRS) | $(REPORTS) ## The local host, the mock AI, and that the bench runs
	$(call NODE_TEST,local) "local/**/*.test.mjs" "mock_ai/**/*.test.mjs" "bench/**/*.test.mjs"

test-runtime: $(SDKS:%=test-runtime-%) ## The Worker under Pyodide, with each SDK

$(SDKS:%=test-runtime-%): test-runtime-%: $(NODE_TOOLS) $(SDK_DIRS) | $(REPORTS)
	SDK=$* $(call NODE_TEST,runtime-$*) "tests/runtime/**/*.test.mjs"

test-clients: $(PYTHON_TOOLS) $(NODE_TOOLS) $(SDK_DIRS) | $(REPORTS) ## The clients people use, against the local host
	$(PYTEST) tests/clients --junitxml=$(REPORTS)/clients.xml

test-agents: test-libraries test-programs ## Libraries and agents, as npm and PyPI have them, against the local host

test-libraries: $(PYTHON_TOOLS) $(NODE_TOOLS) $(SDK_DIRS) $(AGENTS_NPM) $(AGENTS_PYPI) | $(REPORTS)
	$(PYTEST) tests/agents/test_libraries.py --junitxml=$(REPORTS)/libraries.xml

test-programs: $(PYTHON_TOOLS) $(NODE_TOOLS) $(SDK_DIRS) $(AGENTS_NPM) $(AGENTS_PROGRAMS) | $(REPORTS)
	$(PYTEST) tests/agents/test_programs.py --junitxml=$(REPORTS)/programs.xml

test-bundle: $(PYTHON_TOOLS) $(NODE_TOOLS) | $(REPORTS) ## What would be deployed, and the rules of src/
	$(PYTEST) tests/test_*.py --junitxml=$(REPORTS)/bundle.xml

test-wrangler: $(PYTHON_TOOLS) $(NODE_TOOLS) ## The client tests against wrangler dev (WRANGLER_DEV_ARGS; BASE_URL, API_KEY)
	@$(BIN)/python scripts/wrangler_clients.py -q

pyodide-venv: $(NODE_TOOLS) ## The unit tests in a Pyodide virtual environment (PYTHON)
	@$(PYTHON) scripts/pyodide_venv.py

hostile: $(NODE_TOOLS) $(PYODIDE_SITE) ## Look for requests that are slow or get a 5xx, inside Pyodide (SECONDS=600, SEED)
	@$(NODE) scripts/hostile.mjs $(or $(SECONDS),600) $(SEED)

mutants: $(PYTHON_TOOLS) ## Name changes that no unit test notices (MODULES: files, folders; MOST each)
	@$(BIN)/python scripts/mutants.py --most $(MOST) $(MODULES)

bench: setup ## What a request costs; fails if a limit is missed (WRITE=1 updates README)
	@$(NODE) bench/bench.mjs $(if $(WRITE),--write); measured=$$?; \
	$(if $(WRITE),$(BIN)/python scripts/make_readme.py &&) exit $$measured

bench-imports: setup ## What the import of each module costs (SRC: another src to compare with)
	$(NODE) bench/imports.mjs $(SRC)

bench-counts: setup ## Python calls and crossings into JavaScript of a request (PROFILE=chat lists them; SRC)
	$(NODE) bench/counts.mjs $(if $(PROFILE),--profile $(PROFILE)) $(SRC)

deploy: $(NODE_RUNTIME) ## Deploy to Cloudflare
	$(WRANGLER) deploy --env=""

setup: $(PYTHON_TOOLS) $(NODE_TOOLS) $(SDK_DIRS) ## Install the tools

clean: ## Remove whatever is not in git, local data included
	rm -rf src/compiled.bin .cache .venv .venv-pyodide .wrangler mock_ai/.wrangler node_modules .hypothesis .mypy_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

$(PIP):
	$(PYTHON) -m venv .venv

$(PYTHON_TOOLS): requirements.txt | $(PIP)
	$(PIP) install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

# The machine's own Node only installs, hence no word about its being too old for wrangler.
$(NODE_TOOLS): package.json package-lock.json
	npm ci --loglevel=error
	@touch $(NODE_RUNTIME) $@

$(NODE_RUNTIME): package.json package-lock.json
	npm ci --loglevel=error --omit=dev
	@touch $@

# pip knows the machine's Python; the wheels are for the runtime's.
.cache/sdk-%/.done: | $(PIP)
	rm -rf $(@D)
	$(PIP) install --quiet --disable-pip-version-check --no-deps --no-compile --target $(@D) \
		--python-version 3.13 --ignore-requires-python --only-binary :all: workers-runtime-sdk==$*
	@touch $@

$(PYODIDE_SITE): requirements.txt | $(PIP)
	rm -rf $(@D)
	$(PIP) install --quiet --disable-pip-version-check --no-compile --target $(@D) \
		--python-version 3.14 --implementation cp --abi cp314 --abi none \
		--platform pyemscripten_2026_0_wasm32 --platform any --only-binary :all: \
		--constraint requirements.txt $(PYODIDE_TOOLS)
	@touch $@

# Not `npm ci`, which wants the lock file to know the packages of every platform, and some registries
# have only a few of them.
$(AGENTS_NPM) $(AGENTS_PROGRAMS): $(AGENTS)/%/.done: tests/agents/%/package.json tests/agents/%/package-lock.json
	rm -rf $(@D)
	mkdir -p $(@D)
	cp $^ $(@D)
	cd $(@D) && npm install --no-save --no-audit --no-fund --loglevel=error
	@touch $@

$(AGENTS_PYPI): $(AGENTS)/%/.done: tests/agents/%/requirements.txt
	rm -rf $(@D)
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

$(REPORTS):
	@mkdir -p $@
