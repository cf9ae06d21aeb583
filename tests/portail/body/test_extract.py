"""Facts read from the HTML of a body."""

from pathlib import PurePosixPath

from doses import cases
from portail.body.finish import Anchors, BodyLinks, anchor_of
from portail.body.render import EXCERPT, extract, render_body
from portail.body.tags import is_vague

PATH = PurePosixPath("content/articles/essai.md")


def test_the_text_has_one_line_for_each_block():
    text = "a\nb\\\nc\n\n- d\n  - e\n- f\n\n| g | h |\n|---|---|\n| i | j |\n\nk\n: l\n\n"
    text += "```\nm\n  n\n```\n"
    assert render_body(text, PATH).html.text == "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn"


@cases(
    ("text", "words"),
    [("L'eau, c'est la vie !", 4), ("« Un – 2 % »", 2), ("à 14 h 30", 4), ("", 0), ("...", 0)],
)
def test_words(text, words):
    assert render_body(text, PATH).facts.words == words


def test_the_excerpt_is_running_text():
    text = "## Titre\n\n> [!NOTE]\n> Non.\n\n![non](a.jpg 'non')\n\nUn *deux*.\n\n- non\n\nTrois."
    assert render_body(text, PATH).facts.excerpt == "Un deux. Trois."


def test_without_running_text_the_excerpt_is_what_there_is():
    assert render_body("- un\n- deux", PATH).facts.excerpt == "un deux"


def test_paragraphs_that_say_nothing_are_no_running_text():
    assert extract("<p></p><p> </p><ul><li>un</li></ul>", BodyLinks())[1].excerpt == "un"


def test_the_excerpt_is_bounded_and_ends_well():
    sentence = "La lumière des étoiles met des années à venir jusqu’à nous. "
    excerpt = render_body(sentence * 20, PATH).facts.excerpt
    assert len(excerpt) <= EXCERPT
    assert excerpt.endswith("nous.")
    assert render_body("mot " * 500, PATH).facts.excerpt.endswith("mot…")


def test_external_addresses_come_once_without_mail():
    links = '<a href="https://a.org">b</a><a href="mailto:c@d.e">f</a><a href="https://a.org">g</a>'
    assert extract(f"<p>{links}</p>", BodyLinks())[1].external == ("https://a.org",)


def test_anchors():
    anchors = Anchors()
    given = [
        anchors.give(text) for text in ["Accès", "accès !", "Accès 2", "ACCES", "日本", "Menu"]
    ]
    assert given == ["acces", "acces-2", "acces-2-2", "acces-3", "section", "menu-2"]
    assert anchor_of("L’œuvre d’Émile : 1re partie") == "l-oeuvre-d-emile-1re-partie"


@cases(
    "text",
    "ici|Ici !|Cliquez ici|« Lire la suite »|+ d’infos|En savoir plus…|PDF|c’est ici".split("|"),
)
def test_vague(text):
    assert is_vague(text)


@cases("text", ["Lire la suite du dossier", "programme", "Icare", "lieu", ""])
def test_not_vague(text):
    assert not is_vague(text)
