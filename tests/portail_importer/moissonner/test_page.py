"""Where the agenda comes from, for readers; the sources to look at, for editors."""

import json

import pytest

from plans import entry

GIVEN = {
    "ids_externes": {"ical": "a@x.org", "moisson": "musee-des-vents", "empreinte": "b0"},
    "debut": "2021-10-09 14:00",
}
FILES = {
    "lieux/musee": entry("lieux", titre="Le Musée"),
    "events/musee-des-vents/nuit": entry("events", **GIVEN, publie_le="2021-09-20"),
    "events/autre": entry("events", titre="Un autre"),
}


@pytest.fixture
def harvested(tree):
    """A portal with two sources, one of which fails."""
    accord = {"le": "2021-09-01", "de": "la direction"}
    rows = [
        {"nom": "Musée des vents", "adresse": "https://musee.example.org/a.ics", "accord": accord,
         "lieu": "musee", "licence": "CC-BY-4.0"},
        {"nom": "Bibliothèque", "adresse": "https://biblio.example.org/a.ics", "accord": accord},
        {"nom": "Vide", "adresse": "https://vide.example.org/a.ics", "accord": accord},
        {"nom": "Endormie", "adresse": "https://dort.example.org/a.ics", "accord": accord,
         "dort": True},
    ]  # fmt: skip
    (tree.root / "sources.yml").write_text(json.dumps({"sources": rows}), encoding="utf-8")
    memory = '{"version": 1, "sources": {"bibliotheque": {"en_panne_depuis": "2021-09-06"}}}'
    (tree.root / "moisson.json").write_text(memory, encoding="utf-8")
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
    given = entry("events", **{**GIVEN, "publie_le": day})
    view = harvested.view(
        "/redaction/", {**FILES, "events/musee-des-vents/nuit": given}, preview=True
    )
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
    text = {"titre": "Le butor", "publie_le": "2021-09-20", "d_apres": "Carnet du marais"}
    page = [{"titre": "Le butor", "url": "https://carnet.exemple.test/butor"}]
    files = {
        "lieux/musee": FILES["lieux/musee"],
        "articles/butor": entry("articles", **text, references=page),
        "events/nuit": entry("events", d_apres="musee"),
        "articles/cede": entry("articles", **text, licence="CC-BY-4.0"),
        "articles/ici": entry("articles", publie_le="2021-09-20"),
    }
    pages = harvested.pages(files)
    signed = {url: pages[url].view() for url in pages if url.count("/") == 3}
    butor = signed["/articles/butor/"]
    assert [(it.texte, it.url) for it in butor.signature] == [
        ("D’après Carnet du marais", "https://carnet.exemple.test/butor")
    ]
    assert butor.licence.texte == "© Carnet du marais"
    assert not (butor.lecture.citation or butor.lecture.texte)
    (night,) = signed["/evenements/nuit/"].signature
    assert (night.texte, night.url) == ("D’après l’agenda du Musée", "/lieux/musee/")
    assert [signed[f"/articles/{name}/"].licence.texte for name in ("cede", "ici")] == [
        "CC BY 4.0", "CC BY-SA 4.0",
    ]  # fmt: skip
