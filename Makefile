# Portail. Needed beforehand: Python ≥ 3.11 with venv, git, make; for the tests, jq, unzip, Dovecot,
# a Chromium and a Firefox too, which `make test` looks for and names. uv is used when present.
#
#   make serve      the demonstration at http://localhost:8000, rebuilt on every change
#   make vite       the tests of what one changed, in seconds
#   make test       every test
#   make help       the other targets
#
# The first run fetches the packages that requirements*.txt name, hashes checked; later
# runs need no network: the stamps in .venv/ say what is already there.

PYTHON ?= python3
PORT ?= 8000
EXAMPLE_URL := https://portail.example.org
SITEURL ?= $(EXAMPLE_URL)
PYTEST_ARGS ?= -n auto --dist loadgroup $(if $(SLICE),,--junitxml=.cache/suite.xml)

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
TOOLS := .cache/outils
UV := $(shell command -v uv 2>/dev/null)

# What is installed: RUN to build the site, DEV to work on it.
RUN := $(VENV)/.portail-run
DEV := $(VENV)/.portail-dev

# Where Python is told to keep no bytecode, each process would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help serve site vite test check lint format bench cost structure captures images audit lock version release clean mutants sbom failles fuzz endurance pages hote readme vrai

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# ── Environment ──────────────────────────────────────────────────────────────────────
ifneq ($(UV),)
INSTALL = $(UV) pip install --quiet --python $(PY) --no-build-isolation
$(PY):
	@$(UV) venv --quiet --allow-existing --python '>=3.11' $(VENV)
else
INSTALL = $(PY) -m pip install --quiet --disable-pip-version-check \
  --use-pep517 --no-build-isolation
$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
	  "Python 3.11 or later is needed: make PYTHON=python3.12 serve, with the name of a newer one")'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 2; }
endif

# Setuptools comes first and alone: what has no wheel is built with it, not with one fetched
# for the occasion, so that every byte that runs here is in a file with its hash.
define install
	@echo "Installing the packages of $(1)…"
	@$(INSTALL) --require-hashes -r requirements-build.txt
	@$(INSTALL) --require-hashes -r $(1)
	@$(INSTALL) --no-deps -e .
endef

$(RUN): requirements.txt requirements-build.txt pyproject.toml setup.py | $(PY)
	$(call install,requirements.txt)
	@touch $@

# The development set contains the other one: after `make test`, `make serve` installs nothing.
$(DEV): requirements-dev.txt requirements-build.txt pyproject.toml setup.py | $(PY)
	$(call install,requirements-dev.txt)
	@touch $(RUN) $@

# What a release alone asks for, apart: cosmic-ray changes files of the project in place.
RELEASE := $(TOOLS)/release/bin
$(TOOLS)/release/.installed: requirements-release.txt
	@$(PYTHON) -m venv $(TOOLS)/release
	@$(RELEASE)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# ── The site ─────────────────────────────────────────────────────────────────────────
serve: $(RUN) ## build the demonstration, serve it, rebuild on change
	@$(BIN)/portail serve --port $(PORT)

site: $(RUN) ## build the demonstration into output/ (SITEURL=… for another address)
	@$(BIN)/portail build --site-url "$(SITEURL)"

# ── Quality ──────────────────────────────────────────────────────────────────────────
vite: $(DEV) ## the unit tests of the folders that were changed, in some fifteen seconds, without a browser
	@$(PY) outils/vite.py

# The tests of a feature by its bare name, of a street, or of another folder.
slice = $(or $(wildcard plugins/portail_$(1)/tests tests/features/*/$(1) tests/portail_*/$(1)),$(wildcard tests/features/$(1) tests/$(1)),$(error « $(1) » n’a pas de tests : ni plugins/portail_$(1)/tests, ni tests/features/*/$(1), ni tests/portail_*/$(1), ni tests/$(1)))
# Debian puts servers where ordinary users do not look; where a mailbox cannot be had, SANS_BOITE=1.
test: export PATH := $(PATH):/usr/sbin
test: MORE += $(if $(SANS_BOITE),,dovecot-imapd)
test: $(DEV) ## what each change must pass (SLICE=ciel for those of a feature, PYTEST_ARGS="-k mot" for some)
	@chromium="$$($(PY) outils/chromium.py jq unzip firefox-esr webkit2gtk-driver xvfb $(MORE))" && CHROME_BIN="$$chromium" $(PY) -m pytest $(foreach one,$(SLICE),$(call slice,$(one))) $(PYTEST_ARGS)

endurance: export SUITE_LONGUE = 1
endurance: export MORE = faketime nginx-light apache2
endurance: $(DEV) ## all that `make test` proves by samples, whole (hours; DOUZIEME=3 for a twelfth, 0 to 11)
	@$(MAKE) --no-print-directory test PYTEST_ARGS='$(PYTEST_ARGS) -m ""'

lint: $(DEV)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@MYPYPATH=outils:tests/helpers $(BIN)/mypy --follow-imports=silent --ignore-missing-imports \
	  --allow-untyped-defs --allow-untyped-calls --no-warn-return-any --no-warn-unused-ignores outils

check: lint ## style, types, what the project weighs, generated documents, content
	@$(PY) outils/ceilings.py
	@$(PY) outils/messages.py
	@$(PY) tests/helpers/durees.py
	@$(BIN)/portail docs --check
	@SITEURL="$(SITEURL)" $(BIN)/portail check --complet

format: $(DEV) ## rewrite the code in the project's style
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(DEV) ## speed, memory and size beside stock Pelican and Hugo (N=20000 for more, N=1000 for a quick look)
	@$(PY) outils/bench.py $(if $(N),--items $(N))

cost: $(DEV) ## what a change costs: calls, files and bytes, beside the price list (no clock; a minute)
	@PYTHONPATH=tests/helpers $(PY) outils/cost.py

structure: $(DEV) ## what each feature weighs, how the code is cut, what it says twice
	@$(PY) outils/ceilings.py --units
	@$(PY) outils/structure.py

fuzz: $(DEV) ## bytes that a reader of input cannot bear, looked for (CIBLES="page flux", SECONDES=60 each)
	@$(PY) outils/fuzz.py --secondes $(or $(SECONDES),60) $(CIBLES)

vrai: $(DEV) ## what the import makes of sources that nobody here wrote, asked of public repositories (MIROIR=folder of theirs)
	@$(PY) outils/vrai.py $(if $(MIROIR),--miroir "$(MIROIR)")

captures: $(DEV) site ## pictures of every kind of page, into captures/ (NOMS="lieux agenda" for some)
	@chromium="$$($(PY) outils/chromium.py)" && \
	  CHROME_BIN="$$chromium" $(PY) outils/captures.py output captures $(NOMS)

IMAGES = .cache/images
images: export LANGUAGE = fr
# Pictures of README, of the tutorial and of the guides (needs chromium and chromium-l10n, no headless shell).
images: $(DEV) site
	@rm -rf $(IMAGES)
	@$(BIN)/portail init $(IMAGES)/tutoriel --exemples --region Normandie
	@$(BIN)/portail init $(IMAGES)/contribuer --exemples --region aucune --date 2027-09-20
	@cd $(IMAGES)/tutoriel && $(CURDIR)/$(BIN)/portail build --output site --site-url $(EXAMPLE_URL)
	@cd $(IMAGES)/contribuer && $(CURDIR)/$(BIN)/portail build --date 2027-09-20 --output site --site-url $(EXAMPLE_URL)
	@$(PY) outils/captures.py output docs/images
	@for one in tutoriel contribuer; do $(PY) outils/captures.py $(IMAGES)/$$one/site docs/$$one/images || exit; done

SHOWCASE = $(CURDIR)/.cache/vitrine
pages: export PORTAIL_CACHE = $(SHOWCASE)/cache
pages: $(DEV) ## HTML validity, accessibility, weight and mails of the showcase, which has every state and form (Java, Node)
	@cd tests/sites/vitrine && $(CURDIR)/$(BIN)/portail build --output $(SHOWCASE)/output --site-url $(EXAMPLE_URL) && \
	  SITEURL=$(EXAMPLE_URL) $(CURDIR)/$(BIN)/portail check --site $(SHOWCASE)/output --discret
	@chromium="$$($(PY) outils/chromium.py)" && CHROME_BIN="$$chromium" $(PY) outils/audit.py $(SHOWCASE)/output

JOURS = 2022-10-07 2023-02-09 2023-07-14 2026-11-29
audit: $(DEV) site ## the same of the demonstration, then its look, what is heard, calendars, Safari’s paper, its boxes on other days (QUOI=look for a part)
	@chromium="$$($(PY) outils/chromium.py $(if $(QUOI),,gir1.2-webkit2-4.1 python3-gi xvfb poppler-utils))" && export CHROME_BIN="$$chromium" && \
	  SITEURL="$(SITEURL)" $(BIN)/portail check --site output --discret && \
	  $(PY) outils/audit.py output $(or $(QUOI),vnu pages boites courriel look agendas papier) && \
	  for jour in $(if $(QUOI),,$(JOURS)); do echo "$$jour" && \
	    PORTAIL_CACHE=.cache/jours/cache $(BIN)/portail build -q --date $$jour --output .cache/jours/output && \
	    $(PY) outils/audit.py .cache/jours/output boites || exit; done


MODULES = plugins/portail/body/addresses.py
TESTS = tests/portail/body
# Before a release: one change at a time in MODULES, do TESTS see it? A copy of the project is best, it is changed in place.
mutants: $(DEV) $(TOOLS)/release/.installed
	@mkdir -p .cache && printf '[cosmic-ray]\nmodule-path = [%s]\ntimeout = 60.0\ntest-command = "%s"\n[cosmic-ray.distributor]\nname = "local"\n' \
	  '$(foreach one,$(MODULES),"$(one)",)' '$(PY) -m pytest -x -q -p no:cacheprovider $(TESTS)' > .cache/mutants.toml
	@$(RELEASE)/cosmic-ray init --force .cache/mutants.toml .cache/mutants.sqlite
	@$(RELEASE)/cosmic-ray exec .cache/mutants.toml .cache/mutants.sqlite
	@$(RELEASE)/cr-report --surviving-only --show-diff .cache/mutants.sqlite

# What of Pelican and Jinja is replaced, tried with what their authors are writing.
HOTE = https://github.com/getpelican/pelican/archive/refs/heads/main.zip https://github.com/pallets/jinja/archive/refs/heads/main.zip
hote: $(DEV) | $(if $(UV),,$(TOOLS)/uv/bin/uv)
	@rm -rf .cache/hote
	@$(LOCKER) pip install --quiet --python $(PY) --no-deps --target .cache/hote $(HOTE)
	@PYTHONPATH=.cache/hote $(PY) -m pytest -q -p no:cacheprovider \
	  $(addprefix tests/portail_pelican/,$(shell grep -o 'test_[a-z_]*\.py' docs/decisions/0002-pelican-hote.md | sort -u))

# ── Upkeep ───────────────────────────────────────────────────────────────────────────
# uv as it is here, else one of its own: only the public index is read, whatever a machine is set to.
LOCKER = $(or $(UV),$(TOOLS)/uv/bin/uv) --no-config
$(TOOLS)/uv/bin/uv:
	@$(PYTHON) -m venv $(TOOLS)/uv && $(TOOLS)/uv/bin/python -m pip install --quiet uv
export = { printf '%s\n' "$(2)" && $(LOCKER) export --quiet --frozen --no-emit-project --no-header --no-annotate $(3); } > $(1)
MADE = \# Made from uv.lock by « make lock »: do not edit. Installed with --require-hashes.
lock: | $(if $(UV),,$(TOOLS)/uv/bin/uv) ## renew uv.lock (NEUF=1: the newest versions) and the requirements*.txt that are made of it
	@$(LOCKER) lock --quiet $(if $(NEUF),--upgrade)
	@$(call export,requirements-build.txt,$(MADE),--only-group build)
	@$(call export,requirements.txt,$(MADE),--no-default-groups --extra langues --extra soir)
	@$(call export,requirements-dev.txt,$(MADE),--no-group build --no-group release)
	@$(call export,requirements-release.txt,$(MADE),--only-group release)
	@$(call export,modele/commun/bibliotheques.txt,# Les bibliothèques essayées avec cette version de Portail : installer.sh les vérifie et les renouvelle.,--no-default-groups --group build)

sbom: $(DEV)
	@$(PY) outils/sbom.py

failles: $(TOOLS)/release/.installed
	@$(RELEASE)/pip-audit --require-hashes --disable-pip -r requirements-dev.txt --ignore-vuln CVE-2026-4539
	@npm --prefix outils audit

version: $(TOOLS)/release/.installed ## what changelog.d/ makes of CHANGELOG.md (POUR=0.3.0 writes it, and the version)
	@$(RELEASE)/towncrier build $(if $(POUR),--yes,--draft) --version $(or $(POUR),à-venir)
	@test -z "$(POUR)" || { sed -i '0,/^version = .*/s//version = "$(POUR)"/' pyproject.toml && \
	  sed -i 's/^version = .*/version = "$(POUR)"/; s/\(portail[a-z-]*\)==[0-9.]*\*/\1==$(basename $(POUR)).*/' plugins/*/pyproject.toml && \
	  $(MAKE) --no-print-directory lock; }

release: $(RUN) ## a version into dist/: wheel, sources, parts, notes, digests (DEPOT=https://… names its forge)
	@$(PY) outils/sbom.py --check
	@$(PY) outils/livraison.py --depot "$(DEPOT)" --etiquette "$(ETIQUETTE)"

readme: | $(PY) ## every line that README.md and that of a new portal give to type, in a fresh clone
	@$(PY) outils/commandes.py

clean: ## remove what can be made again, except .venv
	@rm -rf output .output.* .cache outils/node_modules build dist captures plugins/*.egg-info \
	  .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find plugins tests outils -name __pycache__ -type d -prune -exec rm -rf {} +
