"""Repairs of bodies, and what is tidied without a code: before → after."""

from doses import cases
from reparations import mended

HEAD = "---\ntitre: La nuit\nresume: Une sortie.\npublie_le: 2021-09-20\n---\n\n"
NBSP = "\u00a0"

HTML = [
    ("Un <b>mot</b> et <i>un</i> autre.", "Un **mot** et *un* autre."),
    ("Deux <b>mots </b>collés, <EM>ici</EM>.", "Deux **mots** collés, *ici*."),
    ("Un <strong>mot <em>très</em> fort</strong>.", "Un **mot *très* fort**."),
    ("<p>Un.</p>\n<p>Deux &amp; &lt;br&gt;.</p>", "Un.\n\nDeux & \\<br>."),
    ("<h1>Titre</h1>\n<h3>Sous</h3>\nTexte.", "## Titre\n\n### Sous\n\nTexte."),
    (
        "Avant\n<ul>\n  <li>Un</li>\n  <li>Deux <ol><li>a</li><li>b</li></ol></li>\n</ul>\nAprès",
        "Avant\n\n- Un\n- Deux\n  1. a\n  2. b\n\nAprès",
    ),
    ("<blockquote><p>Un.</p><p>Deux.</p></blockquote>", "> Un.\n>\n> Deux."),
    (
        "Un<br>deux<br/>\ntrois<br><br>Quatre.<br>\n\nFin.<br>",
        "Un\\\ndeux\\\ntrois\n\nQuatre.\n\nFin.",
    ),
    ("<p>Un<br>\ndeux<br><br>trois</p>", "Un  \ndeux\n\ntrois"),
    (
        'Voir <a href="https://example.org/?a=1&amp;b=2" target=_blank>le site</a>.',
        "Voir [le site](https://example.org/?a=1&b=2).",
    ),
    ('<a name="haut"></a>Texte.', "Texte."),
    ('<img src="photo.jpg" alt="Un chat">', "![Un chat](photo.jpg)"),
    (
        "<table><thead><tr><th>A<th>B</thead><tr><td>1</td><td><b>2</b></td></tr></table>",
        "| A | B |\n| --- | --- |\n| 1 | **2** |",
    ),
    ("<div class=x>\n\n## Titre\n\nUn *mot*.\n\n</div>", "## Titre\n\nUn *mot*."),
    ('<span style="color:red">Du</span> <u>CO<sub>2</sub></u>, m<sup>2</sup>', "Du CO₂, m²"),
    ("<script>x < 1</script>\n\nTexte.", "Texte."),
    (
        '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>',
        "https://www.youtube.com/watch?v=abcdefghijk",
    ),
    ("Trop fermé</b>.", "Trop fermé."),
    ("- <b>un</b>\n- <p>deux</p>\n", "- **un**\n- deux\n"),
    ("> <b>un</b> mot\n> <i>deux</i>", "> **un** mot\n> *deux*"),
    ("`<b>x</b>`, <b>gras</b>\n\n```\n<b>x</b>\n```", "`<b>x</b>`, **gras**\n\n```\n<b>x</b>\n```"),
    ("<code>a < b</code> <kbd>Ctrl</kbd>", "`a < b` `Ctrl`"),
    ("<pre><code>x = 1\n  y &lt; 2\n</code></pre>", "```\nx = 1\n  y < 2\n```"),
    ("Texte collé\n<hr>\nSuite", "Texte collé\n\n---\n\nSuite"),
    ("𝑽𝒆𝒏𝒆𝒛 <b>à</b> 𝟭𝟵𝗵, ｇｒａｔｕｉｔｅ, ⓔⓝⓣⓡⓔⓔ, 𝑚𝑐²", "Venez **à** 19h, gratuite, entree, 𝑚𝑐²"),
    ("<q>vrai</q>", f"«{NBSP}vrai{NBSP}»"),
    (
        (
            'Avant.\n\n<p class="MsoNormal"><b>Un</b> mot&nbsp;:<o:p></o:p></p>\n'
            '<p class="MsoListParagraph" style="mso-list:l0"><span style="mso-list:Ignore">'
            "o<span style='font:7.0pt \"Times\"'>&nbsp;&nbsp;</span></span>des bottes</p>\n"
            '<p class=MsoListParagraph><span style="mso-list:Ignore">o</span>un <i>sac</i></p>\n'
            '<p class="MsoNormal"><o:p>&nbsp;</o:p></p>\n\n## Titre\n\nFin.'
        ),
        f"Avant.\n\n**Un** mot{NBSP}:\n\n- des bottes\n- un *sac*\n\n## Titre\n\nFin.",
    ),
]

OTHERS = [
    ("# A\n\n## B\n\n# C\n", "## A\n\n### B\n\n## C\n"),
    ("## A\n\n#### B\n\n##### C\n\n#### D\n\n## E\n", "## A\n\n### B\n\n#### C\n\n### D\n\n## E\n"),
    ("Titre\n=====\n\nTexte.\n", "Titre\n-----\n\nTexte.\n"),
    ("## A\n\n```\n# code\n```\n\n#### B #\n", "## A\n\n```\n# code\n```\n\n### B #\n"),
    ("> # A\n>\n> mot\n", "> ## A\n>\n> mot\n"),
    ("Un.\n\n##\n\nDeux.\n", "Un.\n\nDeux.\n"),
    ("[le site](www.example.org/a) et <//example.org>\n",
     "[le site](https://www.example.org/a) et <//example.org>\n"),
    ("[nous](contact@example.org)\n", "[nous](mailto:contact@example.org)\n"),
    ("Un mot {: .important }\n", "Un mot\n"),
    ("Un <!-- note --> mot\n\n<!--\nlong\n-->\n\nFin\n", "Un mot\n\nFin\n"),
]  # fmt: skip


@cases(("before", "after"), [*HTML, *OTHERS])
def test_a_body_is_mended(before, after):
    found = mended(f"{HEAD}{before}\n")
    assert found.data.decode() == f"{HEAD}{after}\n"
    assert not found.left


KEPT = [
    "<a href='javascript:alert(1)'>x</a>",
    '<img src="https://example.org/a.png" alt="x">',
    '<img src="photo.jpg">',
    "<table><tr><td>A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr></table>",
    "<table><tr><th colspan=2>A</th></tr><tr><td>1</td><td>2</td></tr></table>",
    "<details><summary>Plus</summary>Texte</details>",
    "<b>jamais fermé",
    "<b>**déjà**</b>",
    "mot<b>« collé »</b>mot",
    "un <chat> noir </chat>",
    "- un\n- <p>deux\n  trois</p>",
    "<?php echo 1 ?>",
    "[x](javascript:void)",
]


@cases("text", KEPT)
def test_what_markdown_cannot_say_is_left(text):
    before = f"{HEAD}{text}\n"
    assert mended(before).data.decode() == before


TIDIED = [
    ("adresses sans suivi", "Voir https://example.org/a?utm_source=x&id=3&fbclid=y#fin.",
     "Voir https://example.org/a?id=3#fin."),
    ("adresses sans suivi", "[a](https://example.org/?gclid=1) <https://example.org/?a=1&amp;xtor=2>",
     "[a](https://example.org/) <https://example.org/?a=1>"),
    ("signes", "L´e\u0301te\u0301 d’une \ufb02eur invisible",
     "L’été d’une fleur invisible"),
    ("espaces", "Un  mot \t\n\nsuite   ici\n   \nfin  \n", "Un mot\n\nsuite ici\n\nfin\n"),
    ("espaces", "- un  mot\n-   deux  mots", "- un mot\n-   deux mots"),
]  # fmt: skip


@cases(("name", "before", "after"), TIDIED)
def test_what_no_author_wants_is_tidied(name, before, after):
    found = mended(f"{HEAD}{before}\n")
    assert found.data.decode() == f"{HEAD}{after}\n"
    assert found.done.keys() == {name}


def test_fields_are_tidied_too():
    head = HEAD.replace("Une sortie.", "Une  sortie,   ici.  ").replace("titre: ", "titre:   ")
    tidied = HEAD.replace("Une sortie.", "Une sortie, ici.").replace("titre: ", "titre:   ")
    assert mended(f"{head}Texte.\n").data.decode() == f"{tidied}Texte.\n"


UNTOUCHED = [
    "Une ligne  \nbrisée, « l'eau... » et 14:30 !",
    "`un  code` et ``  https://example.org/?utm_source=x``",
    "```\nun  code  \nhttps://example.org/?utm_source=x\n```",
    "    un  code  ",
    "| a   | b |\n|-----|---|\n| 1   | 2 |",
    "https://example.org/?utm=1&source=fbclid",
    "+   un\n+   deux",
]


@cases("text", UNTOUCHED)
def test_what_an_author_meant_stays(text):
    before = f"{HEAD}{text}\n"
    assert mended(before).data.decode() == before
