"""The database of records: what its tables hold, when what is asked of it is asked again."""

from doses import rows_of
from plans import Tree, contents, entry
from portail.features.services.fiches.records import asked, base
from portail.outputs.base import reader_of

FILES = contents(rows_of("features/services/fiches/base.yml"))


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


# What changes in turn; ``None`` for what goes.
LATER = [
    {"articles/b": entry("articles", lieu="a", exemple=True), "events/f": entry("events")},
    {"lieux/a": entry("lieux", titre="Atelier"), "lieux/c": entry("lieux", titre="Beffroi")},
    {"events/e": None, "events/draft": None},
    {"articles/b": entry("articles", themes=["numerique"]), "lieux/a": None},
]


def test_changed_row_by_row_it_is_as_made_anew(tree, tmp_path):
    base(tree.site(FILES))
    known = FILES
    for number, files in enumerate(LATER):
        for name in files.keys() - {name for name, text in files.items() if text}:
            (tree.root / f"content/{name}.md").unlink()
        known = {name: text for name, text in (known | files).items() if text}
        sites = tree.site(known), Tree(tmp_path / f"{number}").site(known)
        kept, anew = (
            [
                sorted(map(repr, base(site).execute(f"SELECT * FROM {table}")))
                for table in ("content", "value", "mention", "place", "span", "dated", "event")
            ]
            for site in sites
        )
        assert kept == anew


def test_a_question_is_asked_again_for_the_columns_that_it_reads(tree):
    def marks(**said):
        reader = reader_of(tree.site(FILES | {"lieux/a": entry("lieux", **said)}))
        asked(reader, "portail_plus.boite.page", "acteurs")
        rows = (one for one in reader.asked.values() if one.function.endswith("_mark"))
        return {one.arguments[0]: one.digest for one in rows}

    before = marks()
    assert marks(resume="Autre chose.") == before
    changed = before.items() ^ marks(titre="Atelier").items()
    assert {column for column, _ in changed} == {"content.name"}
