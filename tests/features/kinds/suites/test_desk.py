"""Promises on the editors’ desk: what is due within a month, what is late, what is kept."""

from __future__ import annotations

from plans import entry


def rows(tree, files):
    """What the desk says of promises; ``None`` where it has no such section."""
    view = tree.view("/redaction/", files, preview=True)
    section = next((each for each in view.sections if each.ancre == "Suites"), None)
    if section is None:
        return None
    return [
        [row.nom.texte, *(cell[0].texte.replace("\u00a0", " ") for cell in row.cellules if cell)]
        for row in section.tables[0].lignes
    ]


def promise(title, day):
    return entry("articles", titre=title, suite=day)


def test_what_is_late_comes_before_what_is_due(tree):
    files = {
        "articles/loin": promise("Loin", "2022-06-01"),
        "articles/bientot": promise("Bientôt", "2021-10-09"),
        "articles/retard": promise("En retard", "2021-09-24"),
        "events/soir": entry("events", titre="Un soir", suite="2021-09-27"),
    }
    told = rows(tree, files)
    assert [row[:3] for row in told] == [
        ["En retard", "24 septembre 2021", "En retard de 3 jours"],
        ["Un soir", "27 septembre 2021", "Aujourd’hui"],
        ["Bientôt", "9 octobre 2021", "Dans 12 jours"],
    ]


def test_a_promise_that_is_kept_is_on_no_desk(tree):
    files = {
        "articles/retard": promise("En retard", "2021-09-24"),
        "articles/suite": entry("articles", titre="La suite", suite_de="retard"),
    }
    assert rows(tree, files) is None


def test_a_desk_where_nothing_is_due_yet_says_so(tree):
    view = tree.view("/redaction/", {"articles/loin": promise("Loin", "2022-06-01")}, preview=True)
    section = next(each for each in view.sections if each.ancre == "Suites")
    assert section.tables == () or section.tables[0].lignes == ()


def test_a_portal_that_promises_nothing_has_no_section(tree):
    assert rows(tree, {"articles/a": entry("articles")}) is None
