"""Filters and templates of an instance, from one build to the next."""

import pytest

from doses import dose
from faults import SOUND
from projects import Project

SETTINGS = """
import sys

sys.path.insert(0, ".")
from filtres import crier

JINJA_FILTERS = {"crier": crier}
THEME_TEMPLATES_OVERRIDES = ["gabarits"]
"""
FILTER = "def crier(text):\n    return _haut(text) + '!'\n\n\ndef _haut(text):\n    return text\n"
PAGE = '{% extends "base.html" %}\n{% block contenu %}<h1>{{ "perdu"|crier }}</h1>{% endblock %}\n'


@pytest.mark.long
@pytest.mark.site
def test_a_filter_and_what_it_calls_are_what_pages_depend_on(tmp_path):
    project = Project(tmp_path, SETTINGS)
    project.write(SOUND | {"filtres.py": FILTER, "gabarits/404.html": PAGE})
    steps = [
        ({}, "<h1>perdu!</h1>"),
        ({"filtres.py": FILTER.replace("return text\n", "return text.upper()\n")}, "PERDU!</h1>"),
        ({"gabarits/404.html": PAGE.replace("h1", "h1 id=x", 1)}, "<h1 id=x>PERDU!</h1>"),
    ]  # fmt: skip
    for edit, shown in steps[: dose(2, 3)]:
        project.write(edit)
        project.does("build")
        assert shown in (project.output / "404.html").read_text(encoding="utf-8")
