"""The passage that answers, and what is marked in it."""

import pytest
from moteur_recherche import CONTENTS, Site, ask, searching

pytestmark = pytest.mark.chromium

LONG = "Un mot après l’autre sans rien dire de plus. " * 12


@pytest.fixture(scope="module")
def page(browser, theme):
    with searching(browser, Site(CONTENTS), theme) as tab:
        yield tab


def marks(*stems, phrases=()):
    """As those of a query of so many words."""
    return {"racines": [[stem, at] for at, stem in enumerate(stems)], "phrases": phrases}


def extract(page, card, marked):
    """Title and passage, marks between brackets."""
    found = page.evaluate("([card, marks]) => extraire(card, marks)", [card, marked])
    title, passage = (
        "".join(f"[{one[0]}]" if one[1] else one[0] for one in found[part])
        for part in ("titre", "extrait")
    )
    return title, passage


def test_the_summary_when_it_says_as_much_as_the_body(page):
    card = {"titre": "Le ciel", "resume": "Des étoiles au ciel.", "texte": "Une étoile. Le ciel."}
    assert extract(page, card, marks("ciel", "etoile")) == (
        "Le [ciel]", "Des [étoiles] au [ciel].",
    )  # fmt: skip
    assert extract(page, card, marks("mer")) == ("Le ciel", "Des étoiles au ciel.")


def test_else_the_passage_of_the_body_that_says_most(page):
    card = {
        "titre": "Sortie",
        "resume": "Avec une étoile.",
        "texte": f"{LONG}Une étoile. {LONG}Une étoile au-dessus de la mer. {LONG}",
    }
    _, passage = extract(page, card, marks("etoile", "mer"))
    assert passage.startswith("… Une [étoile] au-dessus de la [mer]. Un mot après")
    assert passage.endswith((" …", "."))
    assert len(passage) < 200


def test_a_passage_is_made_of_whole_words(page):
    text = "mot " * 100 + "étoile " + "autre " * 100
    _, passage = extract(page, {"titre": "", "resume": "", "texte": text}, marks("etoile"))
    inside = passage.removeprefix("… ").removesuffix(" …").split()
    assert passage.startswith("… mot ") and passage.endswith("autre …")
    assert set(inside) == {"mot", "[étoile]", "autre"}


def test_lines_are_not_run_together(page):
    text = "Un titre sans point\n" + "Une étoile au-dessus de la mer.\nUn autre titre\n" + LONG
    _, passage = extract(page, {"titre": "", "resume": "", "texte": text}, marks("etoile"))
    assert passage.startswith("… Une [étoile] au-dessus de la mer. Un autre titre · Un mot après")
    _, passage = extract(page, {"titre": "", "texte": "L’étoile\nLe canal"}, marks("etoile"))
    assert passage == "L’[étoile] · Le canal"


def test_phrases_come_first_and_are_marked_whole(page):
    card = {"titre": "x", "texte": f"Le ciel et la nuit. {LONG}Une nuit du ciel profond. {LONG}"}
    _, passage = extract(page, card, marks("nuit", "ciel", phrases=(("nuit", "ciel"),)))
    assert "Une [nuit du ciel] profond." in passage


def test_titles_keep_their_italics(page):
    card = {"titre": ["Lire ", "Le ciel", " ce soir"], "resume": "x"}
    found = page.evaluate("([card, marks]) => extraire(card, marks)", [card, marks("ciel")])
    assert found["titre"] == [
        ["Lire ", False, False],
        ["Le ", False, True],
        ["ciel", True, True],
        [" ce soir", False, False],
    ]


def test_what_a_query_marks(page):
    """Beginnings of words, corrections, and words that mean the same."""
    for q, stems in (
        ("plané", ["planetarium"]),
        ("planetarum", ["planetarium"]),
        ("expo", ["exposition"]),
        ("intelligence artificielle", ["intelligence", "artificielle", "ia"]),
    ):
        found = ask(page, q, enCours=True)["marques"]["racines"]
        assert set(stems) <= {stem for stem, _ in found}, q
    assert ask(page, "« grande vague »")["marques"]["phrases"] == [["grande", "vague"]]


def test_what_is_hostile_stays_text(page):
    card = {"titre": "<img src=x onerror=alert(1)>", "resume": "<b>ciel</b> & “ciel”"}
    assert extract(page, card, marks("ciel", "img")) == (
        "<[img] src=x onerror=alert(1)>", "<b>[ciel]</b> & “[ciel]”",
    )  # fmt: skip
    assert extract(page, {"titre": ""}, marks("ciel")) == ("", "")
