"""Boxes hold whatever stands in them: five rules that a browser counts."""

import pytest
from navigateur import ORIGIN, hold

from audit_marks import marks

pytestmark = pytest.mark.chromium

WRONG = """<!DOCTYPE html><style>p { width: 5em; font: 16px/1.5 monospace } .vis { height: 60px }
.carte { height: 400px } .court { overflow: hidden; height: 20px }</style><main>
<article class="carte"><h3 class="carte-titre">Seul</h3></article>
<p class="court">Un texte qui ne tient pas</p>
<div class="vis"><img width="60" height="60" alt="" src="data:,"></div>
<div class="vis"><img width="60" height="60" alt="" src="data:,"></div>
<div class="titre-date"><span class="e-gratuit">Gratuit</span></div>
<div class="infos"><dd>Gratuit</dd></div>
<p>Voici 12 ateliers</p><p>Voici il est : ◇</p></main>"""


def test_each_rule_sees_what_breaks_it(opened):
    page = opened(360)
    hold("/faux", WRONG)
    page.goto(f"{ORIGIN}/faux")
    found = [mark.rule for mark in marks(page, "/faux", ())]
    assert sorted(set(found)) == ["band", "cut", "line", "pictures", "twice"]


@pytest.mark.parametrize(
    ("page_says", "marked"),
    [
        ("<p style='width: 4em; overflow-wrap: anywhere'>Une intervention</p>", True),
        (
            "<p style='width: 4em; overflow-wrap: anywhere; hyphens: auto'>Une intervention</p>",
            False,
        ),
        ("<p><b style='display: block'>5</b><span>. Essômes</span></p>", True),
        ("<p><b>5</b><span>. Essômes</span></p>", False),
        (
            "<style>@media print { p { width: 1em; word-break: break-all } }</style><p>Atelier</p>",
            True,
        ),
        ("<style>a::after { content: ' (adresse)' }</style><p><a>Rapport</a>, 2022</p>", False),
    ],
)
def test_words_in_pieces_and_signs_that_lead(page_says, marked, opened):
    page = opened(360)
    hold("/faux", f"<!DOCTYPE html><main>{page_says}</main>")
    page.goto(f"{ORIGIN}/faux")
    assert bool(marks(page, "/faux", (360,))) is marked


LISTS = ("", "agenda/", "agenda/2021-s40/", "annonces/", "articles/", "catalogue/", "classes/")
"""Pages that show cards and rows in each form, with pictures and without, in each state."""


@pytest.mark.parametrize("name", LISTS)
def test_no_mark_on_a_list(name, opened):
    page = opened(360)
    page.goto(f"{ORIGIN}/{name}")
    assert [mark[1:] for mark in marks(page, name, (360, 768, 1280))] == []
