# Everything one does with a checkout. `make` lists it; each target first makes what it needs.

PYTHON ?= python3
ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
DOMAIN := rafiq
LANGUAGES := ar en fr

# A stamp carries its lock's checksum: a new lock makes a new stamp, and an unchanged one costs nothing. There is one at a
# time, for what was installed last: all that is pinned (READY), or only what the bot needs to run (RUNS).
READY := $(VENV)/.ready-$(shell cat requirements-dev.lock | cksum | cut -d' ' -f1)
RUNS := $(VENV)/.ready-$(shell cat requirements.lock | cksum | cut -d' ' -f1)
# Peers of the bench whose libraries do not fit beside ours live in an environment of their own, within ours.
PEERS := $(VENV)/peers/.ready-$(shell cat requirements-bench.lock | cksum | cut -d' ' -f1)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## list these targets
	@echo 'usage: make TARGET [PYTHON=python3.12] [ARGS="..."]'
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS='	' read -r name text; do \
		printf '  %-9s %s\n' "$$name" "$$text"; done

.PHONY: demo
demo: setup ## bot and sandbox on this machine, without a token: prints one address to open
	@exec $(PY) -m bot demo $(ARGS)

.PHONY: test
test: setup ## every test on all cores, with browser, PostgreSQL and a short kill campaign (ARGS="-k word" picks some)
	@exec $(PY) -m pytest --numprocesses=auto $(ARGS)

# The types take longest by far, so they come first and all else is looked at beside them.
CHECKS := types format lint imports house

.PHONY: check
check: setup ## format, lint, strict types, import contracts, house rules, catalogs and documents; no other test
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target $(CHECKS:%=check-%)

.PHONY: $(CHECKS:%=check-%)
check-types: setup
	@echo '== types'; $(VENV)/bin/mypy --no-error-summary
check-format: setup
	@echo '== format'; $(VENV)/bin/ruff format --check --quiet . || { \
		$(VENV)/bin/ruff format --check .; echo 'Remedy: make fmt' >&2; exit 1; }
check-lint: setup
	@echo '== lint'; $(VENV)/bin/ruff check --quiet .
check-imports: setup
	@echo '== imports'; $(VENV)/bin/lint-imports --no-logo
check-house: setup
	@echo '== house, catalogs and documents'; $(PY) -m pytest --quiet tests/test_house.py tests/test_documents.py

.PHONY: kill
kill: setup ## kill the bot N times in each of polling/webhook x SQLite/PostgreSQL and with 3 replicas (N=60; DELIVERIES=100*N)
	@RAFIQ_KILLS=$(or $(N),60) RAFIQ_DELIVERIES=$(DELIVERIES) exec $(PY) -m pytest tests/kill --timeout=0 $(ARGS)

.PHONY: fuzz
fuzz: setup ## feed N examples to each thing that reads (N=10000)
	@RAFIQ_FUZZ=$(or $(N),10000) exec $(PY) -m pytest --timeout=0 tests/fuzz $(ARGS)

.PHONY: audit
audit: setup ## ask for known weaknesses of all that is pinned; says aloud when it could not ask
	@exec $(PY) ops/audit $(ARGS)

.PHONY: bench
bench: setup $(PEERS) ## measure Rafiq beside its peers on this machine: 20 minutes, with QUICK=1 five (ARGS="--help" says more)
	@exec $(PY) -m bench $(if $(QUICK),--quick) $(ARGS)

# A catalog's head is ours and kept word for word: pybabel would fill it with names and dates of nobody.
.PHONY: catalogs
catalogs: setup ## bring each language's catalog up to date with the code (compiled when the bot starts)
	@$(VENV)/bin/pybabel --quiet extract --mapping=pyproject.toml --output=locales/$(DOMAIN).pot \
		--project=$(DOMAIN) --add-comments=i18n: --no-wrap --sort-output --add-location=never .
	@for language in $(LANGUAGES); do \
		catalog=locales/$$language/LC_MESSAGES/$(DOMAIN).po; \
		head=$$(sed '/^$$/q' $$catalog 2>/dev/null); \
		$(VENV)/bin/pybabel --quiet update --init-missing --no-fuzzy-matching --ignore-obsolete \
			--ignore-pot-creation-date --no-wrap --domain=$(DOMAIN) --input-file=locales/$(DOMAIN).pot \
			--output-dir=locales --locale=$$language || exit 1; \
		[ -z "$$head" ] || { printf '%s\n\n' "$$head"; sed '1,/^$$/d' $$catalog; } > $$catalog.new || exit 1; \
		[ -z "$$head" ] || mv $$catalog.new $$catalog; \
	done

.PHONY: lock
lock: setup ## pin every dependency with its hashes, none younger than 14 days; ARGS=--upgrade takes newer versions
	@for lock in 'requirements.lock pyproject.toml' 'requirements-dev.lock --extra=dev pyproject.toml' \
			'requirements-bench.lock bench/peers.in'; do \
		CUSTOM_COMPILE_COMMAND='make lock' $(VENV)/bin/pip-compile --quiet --generate-hashes --allow-unsafe \
			--uploaded-prior-to=P14D --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
			$(ARGS) --output-file=$$lock || exit 1; \
	done

.PHONY: fmt
fmt: setup ## format and mend what can be mended by itself
	@$(VENV)/bin/ruff check --fix --quiet . || true
	@$(VENV)/bin/ruff format .

.PHONY: clean
clean: ## remove what these targets made; people's data stays
	@rm -rf $(VENV) .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@rm -f locales/$(DOMAIN).pot
	@find bot workflows tests -type d -name __pycache__ -exec rm -rf {} +

.PHONY: setup
setup: $(READY) ## the virtual environment in .venv from the lock; quick when it is up to date
	@:

.PHONY: runtime
runtime: $(if $(wildcard $(READY)),$(READY),$(RUNS)) ## of that only what the bot needs to run: ./rafiq makes it; setup completes it
	@:

# An environment whose Python has gone, after an upgrade of the system say, is made anew.
ifneq ($(shell $(PY) -c 'print("alive")' 2>/dev/null),alive)
.PHONY: $(READY) $(RUNS)
endif

$(READY): LOCK := requirements-dev.lock
$(RUNS): LOCK := requirements.lock
$(READY) $(RUNS):
	@command -v $(PYTHON) >/dev/null || { \
		echo 'Rafiq needs Python 3.11 or newer and found no "$(PYTHON)". Install it (Debian: apt-get install python3 python3-venv) or name one: make PYTHON=/path/to/python3' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Rafiq needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) -V 2>&1). Name a newer one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(PYTHON) -m pip --version >/dev/null 2>&1 || { \
		echo 'This Python has no pip. Install it (Debian: apt-get install python3-pip or python3-venv).' >&2; exit 1; }
	@mkdir -p $(VENV) 2>/dev/null && test -w $(VENV) || { \
		echo "The folder $(CURDIR) cannot be written to. Move the checkout to a folder of yours, or change its owner." >&2; exit 1; }
	@echo 'Installing the libraries of $(LOCK) into $(VENV): once, a minute or two.' >&2
	@$(PY) -c '' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV) >/dev/null 2>&1 \
		|| $(PYTHON) -m venv --clear --without-pip $(VENV)
	@pip="$(PY) -m pip"; $$pip --version >/dev/null 2>&1 || pip="$(PYTHON) -m pip --python $(PY)"; \
		$$pip install --quiet --disable-pip-version-check --require-hashes --requirement=$(LOCK) || { \
		echo 'The libraries could not be installed. See the message above; a package index must be reachable, then run this again.' >&2; exit 1; }
	@rm -f $(VENV)/.ready-* && touch $@

# Without these peers the others are measured all the same, and the bench says which are missing.
$(PEERS): | setup
	@echo 'Installing the libraries of the peers into $(VENV)/peers: once.' >&2
	@rm -rf $(VENV)/peers; $(PY) -m venv --without-pip $(VENV)/peers && \
		$(PY) -m pip --python $(VENV)/peers/bin/python install --quiet --disable-pip-version-check \
			--require-hashes --requirement=requirements-bench.lock && touch $@ || \
		echo 'They could not be installed: aiogram is not measured.' >&2
