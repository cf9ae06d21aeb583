"""Raw HTML: where it is seen, and the Markdown proposed instead."""

from pathlib import PurePosixPath

from doses import cases
from portail.body.render import render_body
from portail.body.tags import advice, end_of_tag, worth_telling

PATH = PurePosixPath("content/articles/essai.md")


@cases(
    ("text", "end"),
    [
        ("<b>", 3),
        ("<b>x", 3),
        ("</b >", 5),
        ("<a href='>' b>c", 14),
        ('<a\nhref = "x"\n/>', 16),
        ("<x-y z>", 7),
        ("<x y>", 5),
        ("<x y='z' w=v>", 13),
        ("<img src=x onerror=y//>", 23),
        ("<img/src=x>", 11),
        ("<img src=x", 4),
        ("<script\nx", None),
        ("<b et c", None),
        ("<u, v>", None),
        ("<5>", None),
        ("<x, y>", None),
        ("<x y", None),
        ("<é>", None),
        ("< b>", None),
    ],
)
def test_where_a_tag_ends(text, end):
    assert end_of_tag(text, 0) == end


@cases(
    ("text", "remedy", "paste"),
    [
        ("<b>mot</b>", "Écrivez en Markdown : **mots importants**", "**mot**"),
        ("<strong> mot </strong>", "Écrivez en Markdown : **mots importants**", "**mot**"),
        ("<i>mot</i>", "Écrivez en Markdown : *mots en italique*", "*mot*"),
        ("<em>mot", "Écrivez en Markdown : *mots en italique*", ""),
        ("<del>mot</del>", "Écrivez en Markdown : ~~mots barrés~~", "~~mot~~"),
        ("<code>mot</code>", "Écrivez en Markdown : `code`", "`mot`"),
        ('<a href="https://x.org/?a=1&amp;b">mot</a>',
         "Écrivez un lien en Markdown : [texte](adresse)", "[mot](https://x.org/?a=1&b)"),
        ("<a href='javascript:x'>mot</a>", "Écrivez un lien en Markdown : [texte](adresse)", ""),
        ("<img src=a.jpg alt='Un chat'>",
         "Écrivez une image en Markdown, seule sur sa ligne : ![Description](photo.jpg)",
         "![Un chat](a.jpg)"),
        ("<img src='https://x.org/a.jpg'>",
         "Écrivez une image en Markdown, seule sur sa ligne : ![Description](photo.jpg)", ""),
        ("<h1>Titre</h1>", "Écrivez en Markdown, sur une ligne à part : ## Intertitre", "## Titre"),
        ("<h3>Titre</h3>", "Écrivez en Markdown, sur une ligne à part : ### Intertitre",
         "### Titre"),
        ("<sub>2</sub>", "Écrivez en Markdown : CO~2~", "₂"),
        ("<sub>Z</sub>", "Écrivez en Markdown : CO~2~", "~Z~"),
        ("<sup>er</sup>", "Écrivez en Markdown : m^2^ ou 1^er^", "ᵉʳ"),
        ("<sup>Z</sup>", "Écrivez en Markdown : m^2^ ou 1^er^", "^Z^"),
        ('<iframe src="//www.youtube.com/embed/abcdefgh123"></iframe>',
         "Donnez le lien, seul sur sa ligne.", "https://www.youtube.com/watch?v=abcdefgh123"),
        ("<center>Mot</center>",
         "Écrivez en Markdown. Un intertitre, par exemple : ## Intertitre", ""),
        ("<br>", "Terminez la ligne par une barre oblique inverse (\\), ou laissez une ligne vide.",
         ""),
        ("<div>mot</div>", "Retirez cette balise, gardez son texte.", "mot"),
        ("<script>x</script>", "Retirez-le : aucun script n’est publié.", ""),
        ("</p>", "Retirez </p> : il ne ferme rien.", ""),
        ("<x y>", "Si ce signe n’est pas du HTML, écrivez \\<x y>", ""),
    ],
)  # fmt: skip
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
