"""What holds of every repaired file, whatever was in it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from doses import dose, rows_of
from portail.body.markdown import outline
from portail.codes import all_codes
from portail.diagnostics import Severity
from portail_relecture.corriger.files import REPAIRS
from reparations import mended

ROWS = (
    "title: La nuit", "titre: La nuit : une fête", "titre: *Bubo bubo* la nuit",
    "resume: Un  mot  ",
    "summary: 'Un <i>mot</i>'", "publie_le: 20/09/2021", "date: 2021-09-20 10:00", "tags: a, b",
    "tags: [a, a]", "themes: biologie", "themes:\n  - biologie\n  - biologie", "# un commentaire",
    "mots_cle: x", "genre:actualite", "auteurs: 'A. B' # lui", "image:\n\talt: x", "genre: \x92x",
    "references: [{titre: A, url: 'www.example.org/?utm_source=a'}]", "modified: le 20 sept. 2021",
)  # fmt: skip
BODIES = rows_of("portail_relecture/tests/corriger/engine.yml")


@settings(max_examples=dose(15, 60))
@given(st.lists(st.sampled_from(ROWS), max_size=7), st.lists(st.sampled_from(BODIES), max_size=9))
def test_a_repair_keeps_comments_and_the_ends_of_lines(rows, body):
    text = "\n".join(["---", *rows, "---", "", *body, ""])
    data = text.encode()
    made = mended(data).data
    assert made.decode().count("# un commentaire") == text.count("# un commentaire")
    dos = b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")
    assert mended(dos).data == b"\xef\xbb\xbf" + made.replace(b"\n", b"\r\n")


@given(st.binary(max_size=80))
def test_no_bytes_make_it_fail(data):
    mended(data)
    mended(b"---\ntitre: a\n---\n" + data)


def test_every_repair_is_of_a_known_code():
    assert set(REPAIRS) <= set(all_codes())
    assert not {code for code in REPAIRS if Severity(code[0]) is Severity.ERREUR} & {"E301", "E305"}


def test_line_ends_stay_as_they_were():
    text = "---\r\ntitle: La nuit\r\nresume: Un mot.\r\npublie_le: 20/09/2021\n---\n\r\nUn.\rFin"
    assert mended(text).data.decode() == (
        "---\r\ntitre: La nuit\r\nresume: Un mot.\r\npublie_le: 2021-09-20\n---\n\r\nUn.\rFin"
    )


def test_one_outline_mends_all_its_headings_and_each_is_counted():
    found = mended("---\ntitre: A\nresume: B\npublie_le: 2021-09-20\n---\n\n# C\n\n#### D\n")
    assert found.data.endswith(b"\n## C\n\n### D\n")
    assert [*found.done.items()] == [("E313", 1), ("E314", 1)]


def test_headings_are_found_where_they_stand():
    text = "# A\n\n> ## B\n\n- ### C\n\nD\n---\n\n```\n# no\n```"
    assert outline(text, 7).headings == [
        (1, (7, 1)), (2, (9, 3)), (3, (11, 3)), (2, (13, 1)),
    ]  # fmt: skip
    assert outline(text, 7).code == {16, 17, 18}


def test_code_is_left_alone_and_an_indented_line_of_an_item_is_none():
    text = "1. a\n    b\n\n    ```\n    c\n    ```\n\nd\n\n    e\n"
    assert outline(text, 1).code == {4, 5, 6, 10}


def test_nothing_is_mended_in_blocks_nested_beyond_reason():
    assert outline("> " * 60 + "# A\n\nb", 2) == ([], {2, 3, 4})
