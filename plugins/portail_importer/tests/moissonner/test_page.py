"""Where the agenda comes from, for readers; the sources to look at, for editors."""

import json

import pytest

from doses import rows_of
from plans import contents

CASES = rows_of("portail_importer/tests/moissonner/provenance.yml")
FILES = contents(CASES["contenus"])


@pytest.fixture
def harvested(tree):
    """A portal with sources, one of which fails."""
    for name in ("sources.yml", "moisson.json"):
        (tree.root / name).write_text(json.dumps(CASES[name]), encoding="utf-8")
    return tree


def test_readers_learn_what_each_source_gave(harvested):
    pages = harvested.pages(FILES)
    (table,) = pages["/provenance/"].view().mesures
    first, *others = table.lignes
    assert (first.label, first.url) == ("Musée des vents", "/lieux/musee/")
    assert first.values == (
        1, 1, "20\u00a0septembre 2021", "Creative Commons Attribution 4.0",
    )  # fmt: skip
    assert {row.values for row in others} == {(0, 0, None, None)}


def test_a_portal_without_sources_has_no_such_page(tree):
    assert "/provenance/" not in tree.pages(FILES)


@pytest.mark.parametrize(
    ("day", "told"),
    [("2021-09-07", None), ("2021-09-06", "Rien de nouveau depuis le 6\u00a0septembre 2021")],
)
def test_editors_see_a_source_that_is_silent_for_three_weeks(harvested, day, told):
    night = "events/musee-des-vents/nuit"
    files = FILES | contents({night: CASES["contenus"][night] | {"publie_le": day}})
    view = harvested.view("/redaction/", files, preview=True)
    (section,) = [one for one in view.sections if one.ancre == "Sources"]
    (table,) = section.tables
    found = {row.nom.texte: row.cellules[0][0].texte for row in table.lignes}
    assert found.get("Musée des vents") == told
    assert "Endormie" not in found


def test_editors_see_what_fails_and_what_gives_nothing(harvested):
    view = harvested.view("/redaction/", FILES, preview=True)
    (section,) = [one for one in view.sections if one.ancre == "Sources"]
    (table,) = section.tables
    told = {row.nom.texte: row.cellules[0][0].texte for row in table.lignes}
    assert told == {
        "Bibliothèque": "En panne depuis le 6\u00a0septembre 2021",
        "Vide": "Ne donne rien",
    }


def test_a_text_of_others_is_theirs(harvested):
    files = {"lieux/musee": FILES["lieux/musee"]} | contents(CASES["d_apres"])
    pages = harvested.pages(files)
    signed = {url: pages[url].view() for url in pages if url.count("/") == 3}
    butor = signed["/articles/butor/"]
    assert [(it.texte, it.url) for it in butor.signature] == [
        ("D’après Carnet du marais", "https://carnet.exemple.test/butor")
    ]
    assert butor.licence.texte == "© Carnet du marais"
    assert not butor.lecture.texte
    (night,) = signed["/evenements/nuit/"].signature
    assert (night.texte, night.url) == ("D’après l’agenda du Musée", "/lieux/musee/")
    assert [signed[f"/articles/{name}/"].licence.texte for name in ("cede", "ici")] == [
        "CC BY 4.0", "CC BY-SA 4.0",
    ]  # fmt: skip
