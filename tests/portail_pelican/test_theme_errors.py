"""What is wrong in a theme is told once, with its place, however many pages it stops."""

from __future__ import annotations

import pytest

from faults import SOUND
from projects import Project

BASE = "theme/templates/base.html"


def filled(name: str, block: str, text: str) -> str:
    """A template over ours of that ``name``, whose second line fills a block."""
    return f'{{% extends "!theme/{name}" %}}\n{{% block {block} %}}{text}{{% endblock %}}\n'


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A portal of one article, which has a theme of its own."""
    project = Project(tmp_path_factory.mktemp("theme"))
    project.write(SOUND)
    return project


@pytest.mark.site
@pytest.mark.parametrize(
    ("fill", "said"),
    [
        ("{{ rien }}", "« rien » n’existe pas"),
        ("{{ vue.rien }}", "« rien » n’existe pas ici"),
        ("{{ 1 + 'a' }}", "TypeError : unsupported operand type(s) for +: 'int' and 'str'"),
        ("{{ {}[1] }}", "« 1 » n’existe pas ici"),
        ("{{ 'a'|joli }}", "le filtre « joli » n’existe pas"),
        ("{% endbloc %}", "la balise « endbloc » n’existe pas"),
        ("{% include 'rien.html' %}", "le gabarit « rien.html » n’existe pas"),
        (
            "{% from 'components/machines.html' import rien %}{{ rien() }}",
            "« components/machines.html » n’a pas « rien »",
        ),
    ],
)
def test_a_cause_is_told_once(project: Project, fill: str, said: str) -> None:
    project.write({BASE: filled("base.html", "titre_document", fill)})
    done = project.portail("build")
    assert done.code == 2
    first, *others = done.err.split("Rien n’est publié : ")[1].splitlines()
    assert first.endswith(" fichiers en échec.")
    (cause,) = others
    assert cause.startswith(f"base.html, ligne 2 : {said} (")
    assert cause.endswith(" pages, dont 404.html)")
    assert not project.output.exists()


@pytest.mark.site
def test_one_page_is_named(project: Project) -> None:
    (project.root / BASE).unlink(missing_ok=True)
    page = "theme/templates/plan.html"
    project.write({page: filled("plan.html", "contenu", "{{ rien }}")})
    try:
        done = project.portail("build")
    finally:
        (project.root / page).unlink()
    assert "plan-du-site/index.html : plan.html, ligne 2 : « rien » n’existe pas" in done.err
