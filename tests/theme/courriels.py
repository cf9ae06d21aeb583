"""Mails drawn as a build draws them.

``PYTHONPATH=plugins:tests/helpers python tests/theme/courriels.py`` writes the witnesses again: see
``test_a_sent_mail_is_drawn_the_same_for_ever``.
"""

from pathlib import Path

import pytest
from lxml import html

from drawn_pages import renderer
from lettres import ENSEIGNE, NUMERO
from portail.outputs.base import Shown, TemplatePage

_fragment = pytest.importorskip("portail_lettre.fragment")
block = _fragment.block
numbered = _fragment.numbered
Line = pytest.importorskip("portail_lettre.issue").Line
mail_view = pytest.importorskip("portail_lettre.mails").mail_view
mail_text = pytest.importorskip("portail_lettre.output").mail_text

TEMPLATE = "courriel/courriel.html"
RENDERER = renderer("https://autre.example")
"""That of a site whose address is another than that of the mails."""


def mail(issue):
    """The HTML of the mail of an issue."""
    path = "newsletter/courriel.html"
    view, shown = mail_view(issue, ENSEIGNE), Shown("", "", ())
    return RENDERER.render(TemplatePage(path, f"/{path}", TEMPLATE, shown, lambda: view))


def tree(issue):
    """The same, read."""
    return html.document_fromstring(mail(issue))


def long_issue():
    """Thirty lines, as long as they may be."""
    line = Line("a/a", "/a/", "Un titre " * 15, texte="mot " * 70, details="Amiens · Gratuit " * 5)
    letter = block("faire", "À faire cette semaine", numbered([line] * 30, 1))
    return NUMERO.model_copy(update={"lettre": f"{NUMERO.lettre}\n{letter}"})


WITNESSES = Path(__file__).with_name("temoins")
"""Mails of the first form of frozen issues (``FORMAT``), as they must always be drawn."""


def witnesses():
    """What each file of ``WITNESSES`` must hold."""
    text = "".join(mail_text(mail_view(NUMERO, ENSEIGNE))).encode()
    return {"courriel-1.html": mail(NUMERO), "courriel-1.txt": text}


if __name__ == "__main__":
    for name, data in witnesses().items():
        (WITNESSES / name).write_bytes(data)
