"""The database of records: what its tables hold, when what is asked of it is asked again."""

import sqlite3

import pytest

from plans import Tree, entry
from portail.features.kinds.boite import page as boite
from portail.features.kinds.territoires import saison
from portail.features.services.fiches.records import asked, base
from portail.outputs.base import reader_of

FILES = {
    "lieux/a": entry("lieux", titre="Musée *A*", publie_le="2021-02-03"),
    "events/e": entry(
        "events",
        lieu="a",
        organisateurs=["a", "Un club"],
        themes=["numerique", "vivant-sante"],
        seances=[
            {"debut": "2021-03-09 23:00", "fin": "2021-03-10 02:00"},
            {"debut": "2021-03-12 01:00", "etat": "annule"},
            {"debut": "2021-12-30", "fin": "2023-01-02"},
        ],
        tarif={"gratuit": True},
    ),
    "articles/b": entry("articles", lieu="a", exemple=True, genre="portrait"),
    "events/draft": entry("events", statut="brouillon"),
}


def test_what_contents_say_is_rows(tree):
    made = base(tree.site(FILES))

    def rows(text):
        return made.execute(text).fetchall()

    assert rows("SELECT ref, name, published, example, commune FROM content ORDER BY ref") == [
        ("articles/b", "Exemple · Titre articles", "2021-09-20", 1, "80021"),
        ("events/e", "Titre events", "2021-09-01", 0, "80021"),
        ("lieux/a", "Musée A", "2021-02-03", 0, "80021"),
    ]
    assert rows("SELECT free, open, schools, said FROM content WHERE ref = 'events/e'") == [
        (1, None, 0, 0)
    ]
    assert rows("SELECT code FROM value WHERE ref = 'events/e' AND field = 'themes'") == [
        ("numerique",),
        ("vivant-sante",),
    ]
    assert rows("SELECT ref, field FROM mention WHERE target = 'lieux/a' ORDER BY 1, 2") == [
        ("articles/b", "lieu"),
        ("events/e", "lieu"),
        ("events/e", "organisateurs"),
    ]
    # A night is of its eve.
    assert rows("SELECT first, last, held FROM time") == [
        ("2021-03-09", "2021-03-09", 1),
        ("2021-03-11", "2021-03-11", 0),
        ("2021-12-30", "2023-01-02", 1),
    ]
    assert rows("SELECT year, day, times FROM event") == [
        (2021, "2021-03-09", 2),
        (2022, "2022-01-01", 1),
        (2023, "2023-01-01", 1),
    ]
    assert rows("SELECT year FROM dated WHERE ref = 'lieux/a'") == [(2021,)]
    priced = "json_extract(field(ref, 'tarif'), '$.gratuit')"
    assert rows(f"SELECT ref FROM content WHERE {priced}") == [("events/e",)]


LATER = [
    {
        "articles/b": entry("articles", "Une autre phrase.", lieu="a", exemple=True),
        "events/f": entry("events", titre="Autre", debut="2021-11-02 10:00"),
    },
    {"lieux/a": entry("lieux", titre="Atelier"), "lieux/c": entry("lieux", titre="Beffroi")},
    {"auteurs/un-club": entry("auteurs", titre="Un club"), "events/e": None},
    {"articles/b": entry("articles"), "lieux/a": None},
    {"articles/d": entry("articles", lieu="c", themes=["numerique"])},
]


def rows_of(made):
    names = "content value mention place span time dated event term kind".split()
    return {name: sorted(made.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


@pytest.mark.parametrize("spoilt", [b"", b"texte" * 999, "CREATE TABLE content(ref)"])
def test_changed_row_by_row_it_is_the_same_as_made_anew(tree, tmp_path, spoilt):
    if isinstance(spoilt, str):
        other = sqlite3.connect(":memory:")
        other.execute(spoilt)
        spoilt = other.serialize()
    base(tree.site(FILES))
    known = {**FILES}
    for number, files in enumerate(LATER):
        for name, text in files.items():
            known[name] = text
            if text is None:
                (tree.root / f"content/{name}.md").unlink()
        known = {name: text for name, text in known.items() if text}
        tree.store.base = tree.store.base if number != 2 else spoilt
        anew = Tree(tmp_path / f"{number}")
        assert rows_of(base(tree.site(known))) == rows_of(base(anew.site(known)))


def test_a_question_is_asked_again_for_the_columns_that_it_reads(tree):
    def marks(**changed):
        reader = reader_of(tree.site(FILES | {"lieux/a": entry("lieux", **changed)}))
        asked(reader, boite.__name__, "acteurs")
        asked(reader, saison.__name__, "sorties", debut="2021-01-01", fin="2021-12-31")
        return {
            one.arguments[0]: one.digest
            for name, one in reader.asked.items()
            if one.function.endswith("_mark")
        }

    before = marks()
    assert {"content.name", "content.position", "content.commune", "span.held"} < before.keys()
    assert "content.published" not in before

    def changed(**said):
        return {name for name, digest in marks(**said).items() if digest != before[name]}

    assert changed(resume="Autre chose.") == set()
    assert changed(titre="Atelier") == {"content.name"}
