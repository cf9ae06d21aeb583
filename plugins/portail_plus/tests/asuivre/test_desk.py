"""Promises on the editors’ desk: what is due within a month, what is late, what is kept."""

from plans import entry


def section_of(tree, files):
    """What the desk says of promises, if it says something."""
    view = tree.view("/redaction/", files, preview=True)
    return next((each for each in view.sections if each.ancre == "Suites"), None)


def promise(title, day):
    return entry("articles", titre=title, suite=day)


def test_what_is_late_comes_before_what_is_due(tree):
    files = {
        "articles/loin": promise("Loin", "2022-06-01"),
        "articles/bientot": promise("Bientôt", "2021-10-09"),
        "articles/retard": promise("En retard", "2021-09-24"),
        "events/soir": entry("events", titre="Un soir", suite="2021-09-27"),
    }
    (table,) = section_of(tree, files).tables
    told = [
        [row.nom.texte, *(cell[0].texte.replace("\u00a0", " ") for cell in row.cellules[:2])]
        for row in table.lignes
    ]
    assert told == [
        ["En retard", "24 septembre 2021", "En retard de 3 jours"],
        ["Un soir", "27 septembre 2021", "Aujourd’hui"],
        ["Bientôt", "9 octobre 2021", "Dans 12 jours"],
    ]


def test_where_nothing_waits_there_is_no_table(tree):
    assert section_of(tree, {"articles/a": entry("articles")}) is None, "nothing is promised"
    kept = {"articles/a": promise("En retard", "2021-09-24"),
            "articles/suite": entry("articles", titre="La suite", suite_de="a")}  # fmt: skip
    assert section_of(tree, kept) is None
    later = {"articles/loin": promise("Loin", "2022-06-01")}
    assert section_of(tree, later).tables == ()
