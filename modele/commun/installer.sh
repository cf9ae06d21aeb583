#!/bin/sh
# Installe le générateur dans .venv/, à la version que dit requirements.txt. Sans effet si c’est fait.
set -eu
cd "$(dirname "$0")"
if [ -e .venv/.portail ] && [ ! requirements.txt -nt .venv/.portail ] && [ ! contraintes.txt -nt .venv/.portail ]; then
  exit 0
fi
if ! grep -q '^[^#-]*portail' requirements.txt; then
  echo "requirements.txt ne dit pas d’où vient le générateur : suivez ce qui y est écrit." >&2
  exit 2
fi
"${PYTHON:-python3}" -m venv .venv
bin=.venv/bin
[ -d "$bin" ] || bin=.venv/Scripts # Windows
"$bin/python" -m pip install --quiet --disable-pip-version-check -r requirements.txt
touch .venv/.portail
