"""Words that changed in a page."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from portail_relecture.apercu.words import changed_rows, intro


@cases(
    ("ready", "faulty", "said"),
    [
        (0, 1, "**1 contenu à corriger**"),
        (0, 3, "**3 contenus à corriger**"),
        (1, 1, "**1 contenu prêt** et **1 à corriger**"),
        (2, 0, "**2 contenus prêts**"),
    ],
)
def test_a_number_has_its_noun(ready, faulty, said):
    story = SimpleNamespace(ready=[None] * ready, faulty=[None] * faulty)
    assert intro(story) == f"Votre proposition contient {said}."


BLOCKS = st.lists(st.text("ab é.\n1", min_size=1, max_size=12), max_size=8)


def said(rows):
    """Blocks as « un [deux] »: what changed between brackets; « … » for what is left out."""
    return [
        "".join(f"[{one.texte}]" if one.change else one.texte for one in row.pieces) or "…"
        for row in rows
    ]


def test_words_and_their_block_those_that_follow_as_one():
    before = ["Titre", "Adresse", "Ouvert le samedi de 10 h à 17 h.", "Fin"]
    after = ["Titre", "Adresse", "Ouvert le dimanche de 10 h à 18 h.", "Fin"]
    left, right = changed_rows(before, after)
    assert said(left) == ["…", "Adresse", "Ouvert le [samedi] de 10 h à [17] h."]
    assert said(right) == ["…", "Adresse", "Ouvert le [dimanche] de 10 h à [18] h."]
    _, right = changed_rows(["Un pôle consacré aux arts"], ["Un lieu dédié aux arts"])
    assert said(right) == ["Un [lieu dédié] aux arts"]


def test_what_comes_and_goes():
    assert [said(side) for side in changed_rows(["A"], ["A", "B"])] == [["A"], ["A", "[B]"]]
    assert [said(side) for side in changed_rows(["A", "B"], ["B"])] == [["[A]"], []]
    assert changed_rows(["A"], ["A"]) == ((), ())


@given(BLOCKS, BLOCKS)
def test_nothing_is_invented(before, after):
    left, right = changed_rows(before, after)
    for rows, blocks in ((left, before), (right, after)):
        texts = ["".join(one.texte for one in row.pieces) for row in rows if row.pieces]
        assert all(text in blocks for text in texts)
    if before != after:
        assert any(one.change for row in (*left, *right) for one in row.pieces)


def test_a_text_written_to_keep_us_busy_is_compared_whole():
    left, right = changed_rows(["a b " * 50_000], ["b a " * 50_000])
    assert [len(row.pieces) for row in (*left, *right)] == [1, 1]
    assert len(changed_rows(["x"] * 100_000, ["y"] * 100_000)[0]) < 100
