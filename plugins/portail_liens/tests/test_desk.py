"""Addresses to mend, on the editors’ desk: gravest first, each with what to write instead."""

from datetime import date

import pytest

from plans import TODAY, entry
from portail.outputs.pages.views.shared import Lien
from portail_liens.desk import desk_section
from portail_liens.records import Constat, followed, liens_text

DAY = date(2021, 9, 20)
DEAD = followed(followed(None, DAY, Constat.MUET), TODAY, Constat.MUET)
MOVED = followed(None, TODAY, Constat.DEPLACE, code=200, vers="https://ici.example/x")
FILES = {
    "lieux/a": entry("lieux", site="https://va.example/x#b"),
    "articles/b": entry("articles", "<https://mort.example/>, <https://neuf.example/>."),
    "articles/c": entry("articles", "<https://mort.example/>, <https://bon.example/>."),
}


def section_of(site):
    (section,) = desk_section(site)
    return section


@pytest.fixture
def known(tree):
    file = tree.root / ".cache" / "liens.json"
    file.parent.mkdir()
    records = {
        "https://mort.example/": DEAD,
        "https://bon.example/": followed(None, DAY, Constat.BON),
        "https://va.example/x": MOVED,
        "https://oublie.example/": DEAD,
    }
    file.write_text(liens_text(records), "utf-8")
    return tree


def test_what_was_never_checked_says_how(tree):
    site = tree.site(FILES, preview=True)
    assert site.part("liens") is None
    section = section_of(site)
    assert not any(table.rows for table in section.tables)
    assert "Lancez « portail liens »" in section.empty


def test_the_gravest_are_first_and_say_what_to_write(known):
    assert known.site(FILES).part("liens") is None, "published sites do not read it"
    section = section_of(known.site(FILES, preview=True))
    wanted, to_open = section.tables
    assert (wanted.name, to_open.rows) == ("À reprendre", ())
    assert [(item.ref, cells[1][0].texte.partition(".")[0]) for item, cells in wanted.rows] == [
        ("articles/b", "Lien mort"), ("articles/c", "Lien mort"), ("lieux/a", "Déplacée"),
    ]  # fmt: skip
    assert section.notes[0].startswith("Adresses jamais vérifiées : 1.")
    assert wanted.rows[2][1] == (
        (Lien("https://va.example/x#b", "https://va.example/x#b"),),
        (Lien("Déplacée. La page a changé d’adresse pour de bon.",
              note="vérifiée le 27\u00a0septembre 2021"),),
        (Lien("Écrivez :"), Lien("https://ici.example/x#b", "https://ici.example/x#b")),
    )  # fmt: skip


def test_the_desk_counts_what_is_to_mend(known):
    pytest.importorskip("portail_bureau")
    view = known.view("/redaction/", FILES, preview=True)
    (section,) = [one for one in view.sections if one.ancre == "Liens"]
    assert (section.nombre, [table.nom for table in section.tables]) == (3, ["À reprendre"])
    assert section.tables[0].lignes[2].nom.url == "/lieux/a/"
