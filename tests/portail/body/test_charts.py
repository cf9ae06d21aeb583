"""Tables that show their numbers as bars: what asks for them, what a bar is worth."""

import re
from pathlib import PurePosixPath

from doses import cases
from portail.body.render import render_body

NB = "\u00a0"
TABLE = "| Territoire | Habitants |\n|---|---:|\n| Nord | 1 200 |\n| Aisne | 300,6 |\n"


def html(text):
    body = render_body(text, PurePosixPath("content/articles/a.md"))
    assert not body.diagnostics
    return body.html.html


def bars(text):
    return re.findall(r'class="barre d(\d+) u(\d)"', html(text))


@cases("asked", ["Graphique : ", f"Graphique{NB}: ", "graphique: "])
def test_a_table_that_is_asked_for_has_a_caption_and_bars(asked):
    text = f"{asked}qui habite *là*\n\n{TABLE}\nFin."
    assert "<caption>Qui habite <em>là</em></caption>" in html(text).replace("\n", "")
    assert "Graphique" not in html(text)
    assert bars(text) == [("10", "0"), ("2", "5")]


def test_without_being_asked_for_or_without_numbers_it_stays_a_table():
    assert not bars(f"Un tableau.\n\n{TABLE}") and "caption" not in html(TABLE)
    words = TABLE.replace("300,6", "peu")
    assert not bars(f"Graphique : a\n\n{words}") and "<caption>A</caption>" in html(
        f"Graphique : a\n\n{words}"
    )
    assert not bars("Graphique : a\n\n| A | B | C |\n|---|---|---|\n| a | 1 | 2 |\n")


def test_a_paragraph_that_no_table_follows_stays():
    assert html(f"Graphique : voilà.\n\nSuite.\n\n{TABLE}").startswith(f"<p>Graphique{NB}: voilà.")


def test_units_do_not_matter():
    table = "| A | Part |\n|---|---|\n| a | 50 % |\n| b | 12,5 % du total |\n| c | 0 |\n"
    assert bars(f"Graphique : parts\n\n{table}") == [("10", "0"), ("2", "5"), ("0", "0")]
