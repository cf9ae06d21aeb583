"""What is wrong in a theme is told once, with its place, however many pages it stops."""

import pytest

from doses import rows_of
from faults import SOUND
from projects import Project

BASE = "theme/templates/base.html"


def filled(name, block, text):
    """A template over ours of that ``name``, whose second line fills a block."""
    return f'{{% extends "!theme/{name}" %}}\n{{% block {block} %}}{text}{{% endblock %}}\n'


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A portal of one article, which has a theme of its own."""
    project = Project(tmp_path_factory.mktemp("theme"))
    project.write(SOUND)
    return project


CAUSES = rows_of("portail_pelican/theme_errors.yml")
"""What is wrong in a template, and what is said of it."""


def refused(project):
    """What is told of a build that fails, and publishes nothing."""
    done = project.portail("build")
    assert done.code == 2
    assert not project.output.exists()
    first, *causes = done.err.split("Rien n’est publié : ")[1].splitlines()
    assert first.endswith(" fichiers en échec.")
    return causes


@pytest.mark.site
def test_a_cause_is_told_once(project):
    project.write({BASE: filled("base.html", "titre_document", "{{ rien }}")})
    (cause,) = refused(project)
    (project.root / BASE).unlink()
    assert cause.startswith("base.html, ligne 2 : « rien » n’existe pas (")
    assert cause.endswith(" pages, dont 404.html)")


@pytest.mark.site
def test_each_cause_is_told_with_its_page(project):
    project.write({
        f"theme/templates/{name}": filled(name, "contenu", fill)
        for name, (fill, _) in CAUSES.items()
    })  # fmt: skip
    causes = refused(project)
    assert "plan-du-site/index.html : plan.html, ligne 2 : « rien » n’existe pas" in causes
    told = {cause.partition(f"{name}, ligne 2 : ")[2].partition(" (")[0]: name
            for cause in causes for name in CAUSES if f"{name}, ligne 2" in cause}  # fmt: skip
    assert told == {said: name for name, (_, said) in CAUSES.items()}
    assert len(causes) == len(CAUSES)
