"""Raw HTML: where it is seen, and the Markdown proposed instead."""

from pathlib import PurePosixPath

from doses import cases, rows_of
from portail.body.render import render_body
from portail.body.tags import advice, end_of_tag, worth_telling

TABLES = rows_of("portail/body/tags.yml")

PATH = PurePosixPath("content/articles/essai.md")


@cases(("text", "end"), TABLES["where_a_tag_ends"])
def test_where_a_tag_ends(text, end):
    assert end_of_tag(text, 0) == end


@cases(("text", "remedy", "paste"), TABLES["advice"])
def test_advice(text, remedy, paste):
    end = end_of_tag(text, 0)
    assert advice(text[:end], text) == (remedy, paste)


def test_a_closing_tag_is_told_with_its_opening_one_and_a_cell_with_its_table():
    text = "<ul><li>a</li><li>b</li></ul> <b>c</b></i> <table><tr><td>d</td></tr></table>"
    tags = [(0, f"<{part.split('>')[0]}>") for part in text.split("<")[1:]]
    assert [tags[index][1] for index in worth_telling(tags)] == ["<ul>", "<b>", "</i>", "<table>"]


def test_every_suggestion_is_good_markdown():
    text = (
        "<b>mot</b> <i>mot</i> <sub>2</sub>\n\n<h2>Titre</h2>\n\n<a href='lieux/x'>mot</a>\n\n"
        "<img src=a.jpg alt=b>\n\n<iframe src=https://x.org/v></iframe>\n\n<div>mot</div>\n"
    )
    pasted = [one.paste for one in render_body(text, PATH).diagnostics]
    assert all(pasted)
    assert len(pasted) == 8
    again = render_body("\n\n".join(pasted), PATH)
    assert again.diagnostics == ()


@cases(
    "name",
    """br hr center ul ol li dl table blockquote q pre abbr figure aside details script style form
    input button svg math b strong i em u s del code h1 h6 sup sub a img iframe video""".split(),
)
def test_what_markdown_can_say_is_said_of_each_tag(name):
    generic = advice("<font>", "<font>a</font>").remedy
    assert advice(f"<{name}>", f"<{name}>a</{name}>").remedy != generic


@cases(
    ("name", "remedy"),
    [
        ("ol", "Écrivez une ligne par élément, avec un numéro devant : 1. élément"),
        ("ul", "Écrivez une ligne par élément, avec un tiret devant : - élément"),
        ("table", "Écrivez un tableau en Markdown : | Colonne | Colonne |, puis |---|---|"),
        ("dl", "Écrivez le terme, puis sur la ligne suivante : deux-points et sa définition."),
        ("hr", "Écrivez trois tirets seuls sur une ligne : ---"),
    ],
)
def test_how_lists_and_tables_are_written(name, remedy):
    assert advice(f"<{name}>", f"<{name}>a</{name}>").remedy == remedy
