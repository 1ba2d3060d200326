# make run     the site at http://127.0.0.1:8000/ on SQLite
# make test    everything: style, migrations, the suite on SQLite and on PostgreSQL, the browser

PYTHON ?= python3
ADDRESS ?= 127.0.0.1:8000
VENV := .venv
PY := $(VENV)/bin/python

.PHONY: run test test-sqlite test-postgres lint messages clean

run: $(VENV)/runtime.stamp
	$(PY) manage.py migrate --no-input
	$(PY) manage.py createcachetable
	$(PY) manage.py load_reference
	$(PY) manage.py count_people --unless-counted
	$(PY) manage.py runserver $(ADDRESS)

test: $(VENV)/dev.stamp
	tests/run.sh lint sqlite postgres

test-sqlite: $(VENV)/dev.stamp
	tests/run.sh sqlite

test-postgres: $(VENV)/dev.stamp
	tests/run.sh postgres

lint: $(VENV)/dev.stamp
	tests/run.sh lint

# Interface strings: collect them into memorial/locale, and compile what has been translated.
messages: $(VENV)/runtime.stamp
	$(PY) manage.py makemessages --locale ru --locale uk --no-location --no-obsolete --no-wrap --ignore '$(VENV)' --ignore tests
	$(PY) manage.py compilemessages --ignore '$(VENV)'

$(PY):
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); tests/packages.sh python3-venv && $(PYTHON) -m venv $(VENV); }

$(VENV)/runtime.stamp: requirements.txt | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev.stamp: requirements-dev.txt requirements.txt | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

# Leaves memorial.sqlite3 alone: records are not rubbish.
clean:
	rm -rf $(VENV) static-root .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
