# Everything a developer does here. `make help` lists it; CONTRIBUTING.md says more.
# Each target first makes sure that what it needs is installed, which takes a moment once it is.

.DEFAULT_GOAL := help
.NOTPARALLEL:

python := .venv/bin/python
offscreen := QT_QPA_PLATFORM=offscreen $(python)

# Two workers: the tests are made for two cores, and some time themselves.
# loadgroup keeps the tests of one xdist_group on one worker, one after the other.
workers ?= 2

# One order for everyone, so that the build machine meets what was met here; `make explore` takes another each time.
# A worker that dies ends the run at once, with the name of its test: a new one would leave tests undone, and wait.
spread := --numprocesses $(workers) --dist loadgroup --max-worker-restart 0
order := --randomly-seed 2026

.PHONY: help
help: ## Show this list
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

.PHONY: set-up
set-up: ## Install everything needed to run, check and test
	@installer/set_up.sh --develop

.PHONY: set-up-minimal
set-up-minimal:
	@installer/set_up.sh --minimal

.PHONY: demo
demo: set-up-minimal ## Try it: an invented caseload, and a visit from import to the printed plan
	@$(python) -m eolc_desktop demo

.PHONY: run
run: set-up-minimal ## Open the program on your own record
	@$(python) -m eolc_desktop

.PHONY: format
format: set-up ## Put the code in its standard form
	@$(python) -m ruff check --fix-only --quiet .
	@$(python) -m ruff format .

.PHONY: check
check: set-up ## Form, habits, types and layers of the code
	@$(python) -m ruff format --check .
	@$(python) -m ruff check .
	@$(python) -m mypy
	@.venv/bin/lint-imports --no-logo

.PHONY: test
test: check ## The whole gate: check, then every test but the long ones
	@$(offscreen) -m pytest $(spread) $(order)

.PHONY: explore
explore: set-up ## The same tests in a new order, and made-up examples that nobody has tried yet
	@$(offscreen) -m pytest $(spread) --explore

.PHONY: prove
prove: set-up ## The long tests: kills by the hundred, power cuts, soaks, every screen
	@$(offscreen) -m pytest tests/prove --timeout 7200 --override-ini faulthandler_timeout=7100

# What has been run is kept in .sync-soak.json: it goes on from there.
SCHEDULES ?= 1000

.PHONY: sync-soak
sync-soak: set-up ## Simulate SCHEDULES=1000 histories of the exchange, going on where it stopped
	@nice $(python) -m tests.sync.simulator.soak $(SCHEDULES)

.PHONY: bench
bench: set-up ## How fast it is: a line for each figure, its limit, held or over
	@installer/bench.sh
	@$(offscreen) -m tests.bench

.PHONY: safety
safety: set-up ## Write docs/clinical-safety.md from the hazards and their proofs
	@$(python) -m tests.hazards

.PHONY: screens
screens: set-up ## Write a picture of every screen to docs/screens
	@$(offscreen) -m tests.screens

.PHONY: coverage-report
coverage-report: set-up ## Write docs/coverage.md: what of the standards the record holds
	@$(python) -m tests.coverage

.PHONY: audit
audit: set-up ## Ask whether a known weakness has been found in a locked package
	@$(python) -m pip_audit --strict --require-hashes --disable-pip --progress-spinner off --requirement installer/locked/develop.txt

.PHONY: installer
installer: ## The program with its Python, a .deb and an archive, in dist
	@installer/build.sh
	@installer/linux/make_deb.sh
	@installer/linux/make_archive.sh

.PHONY: installer-check
installer-check: set-up ## Build it, and install, try, upgrade and remove it in a clean Debian (as root)
	@installer/check.sh

.PHONY: lock
lock: set-up ## Renew the locked versions (make lock packages="reportlab" for some only)
	@installer/lock.sh $(packages)
