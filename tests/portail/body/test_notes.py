"""Notes: numbers, places, links both ways, names for those who do not see them."""

import re
from pathlib import PurePosixPath

from portail.body.render import render_body

PATH = PurePosixPath("content/articles/essai.md")


def html_of(text):
    return render_body(text, PATH).html.html


def call(number, name):
    return (
        f'<sup class="appel" id="{name}"><a href="#note-{number}" role="doc-noteref" '
        f'aria-label="Note {number}">{number}</a></sup>'
    )


def test_one_note():
    assert html_of("a[^x]\n\n[^x]: b *c*") == (
        f"<p>a{call(1, 'appel-1')}</p>\n"
        '<section class="notes en-marge" role="doc-endnotes" aria-labelledby="notes">'
        '<h2 id="notes">Notes</h2>\n<ol><li id="note-1"><p>b <em>c</em> '
        '<a class="retour" href="#appel-1" role="doc-backlink" '
        'aria-label="Retour au texte, note 1">↩</a></p>\n</li>\n</ol>\n</section>'
    )


def test_numbers_follow_the_calls():
    html = html_of("a[^z] b[^a] c[^z]\n\n[^a]: un\n[^z]: deux")
    assert call(1, "appel-1") in html
    assert call(2, "appel-2") in html
    assert call(1, "appel-1-2") in html
    assert html.index(">deux") < html.index(">un")
    assert 'aria-label="Retour au texte, note 1, 1er appel">↩</a>' in html
    assert (
        'href="#appel-1-2" role="doc-backlink" aria-label="Retour au texte, note 1, 2e appel"'
        in html
    )


def test_calls_in_nested_blocks_keep_the_order_of_the_page():
    html = html_of("> - a[^1]\n\nb[^2]\n\n| A |\n|---|\n| c[^3] |\n\n[^3]: t\n[^2]: d\n[^1]: u")
    assert re.findall(r'id="(appel-\d)"', html) == ["appel-1", "appel-2", "appel-3"]
    assert re.findall(r'<li id="note-\d"><p>(\w)', html) == ["u", "d", "t"]


def test_a_note_calls_another():
    html = html_of("a[^x]\n\n[^x]: b[^y]\n\n[^y]: c")
    assert html.count("<li") == 2
    assert html.index('id="appel-2"') > html.index('id="note-1"')


def test_a_long_note():
    html = html_of("a[^x]\n\n[^x]: b\n\n    - c\n    - d\n\n    ```\n    e\n    ```\n\nf")
    assert '<li id="note-1"><p>b</p>\n<ul><li>c</li>\n<li>d</li>\n</ul>\n<pre' in html
    assert '<p> <a class="retour"' in html
    assert html.index("<p>f</p>") < html.index("<section")


def test_labels_do_not_depend_on_case():
    assert call(1, "appel-1") in html_of("a[^Un]\n\n[^un]: b")


def test_ids_are_unique_beside_headings():
    html = html_of("## Note 1\n\n## Notes\n\n## Appel 1\n\n## Contenu\n\na[^1]\n\n[^1]: b\n")
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert {"section-note-1", "notes-2", "section-appel-1", "contenu-2"} <= set(ids)


def test_notes_without_a_call_leave_no_section():
    body = render_body("a\n\n[^x]: b", PATH)
    assert body.html.html == "<p>a</p>"
    assert [one.code for one in body.diagnostics] == ["A328"]


def test_a_link_to_the_notes():
    assert render_body("[Les notes](#notes) a[^1]\n\n[^1]: b", PATH).diagnostics == ()


SENTENCE = "Une phrase assez longue pour tenir sur deux lignes de la colonne du texte, environ. "


def in_margin(text):
    """Whether the notes of a text go to the margin on wide screens."""
    found = re.search(r'<section class="(notes[^"]*)"', html_of(text))
    assert found
    return found[1] == "notes en-marge"


def numbered(count, gap=3, note="Une note."):
    """A text of ``count`` notes, one a paragraph of ``gap`` sentences."""
    text = "\n\n".join(f"{SENTENCE * gap}[^{n}]" for n in range(count))
    return f"{text}\n\n" + "\n".join(f"[^{n}]: {note}" for n in range(count))


def test_few_short_notes_go_to_the_margin():
    assert in_margin("a[^x]\n\n[^x]: b")
    assert in_margin(numbered(12))


def test_more_than_the_sheet_names_stay_at_the_end(racine):
    assert not in_margin(numbered(13))
    sheet = (racine / "theme/static/css/margin-notes.css").read_text(encoding="utf-8")
    named = re.findall(r"#note-(\d+) \{ position-anchor: --a(\d+)", sheet)
    assert named == [(str(n), str(n)) for n in range(1, 13)]


def test_notes_longer_than_their_text_stay_at_the_end():
    assert not in_margin(f"a[^x]\n\n[^x]: {SENTENCE * 12}")
    assert in_margin(f"a[^x]\n\n{SENTENCE * 20}\n\n[^x]: {SENTENCE * 12}")
    assert not in_margin(f"{SENTENCE * 20}\n\na[^x]\n\n[^x]: {SENTENCE * 12}")
    assert not in_margin(numbered(12, 1, SENTENCE * 3))


def test_what_is_too_wide_for_a_margin_stays_at_the_end():
    assert not in_margin("a[^x]\n\n[^x]: b\n\n    ```\n    c\n    ```")
    assert not in_margin("a[^x]\n\n[^x]: b[^y]\n\n[^y]: c")
