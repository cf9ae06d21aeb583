"""Mails drawn as a build draws them.

``PYTHONPATH=plugins:tests/helpers python tests/theme/courriels.py`` writes the witnesses again: see
``test_a_sent_mail_is_drawn_the_same_for_ever``.
"""

from pathlib import Path

from lxml import html

from drawn_pages import renderer
from lettres import ENSEIGNE, NUMERO
from portail.features.channels.lettre.fragment import published
from portail.features.channels.lettre.mails import mail_view
from portail.features.channels.lettre.text import mail_text
from portail.outputs.base import Shown, TemplatePage

TEMPLATE = "courriel/courriel.html"
RENDERER = renderer("https://autre.example")
"""That of a site whose address is another than that of the mails."""


def mail(issue):
    """The HTML of the mail of an issue."""
    path = "newsletter/courriel.html"
    view, shown = mail_view(published(issue), ENSEIGNE), Shown("", "", ())
    return RENDERER.render(TemplatePage(path, f"/{path}", TEMPLATE, shown, lambda: view))


def tree(issue):
    """The same, read."""
    return html.document_fromstring(mail(issue))


def long_issue():
    """Twenty lines and more, as long as they may be."""
    sections = []
    for section in NUMERO.sections:
        groups = []
        for group in section.groupes:
            line = group.lignes[0] if group.lignes else NUMERO.lignes[0]
            line = line.model_copy(update={"titre": "Un titre " * 15, "texte": "mot " * 70})
            groups.append(group.model_copy(update={"lignes": (line,) * 4}))
        sections.append(section.model_copy(update={"groupes": tuple(groups)}))
    return NUMERO.model_copy(update={"sections": tuple(sections)})


WITNESSES = Path(__file__).with_name("temoins")
"""Mails of the first form of frozen issues (``FORMAT``), as they must always be drawn."""


def witnesses():
    """What each file of ``WITNESSES`` must hold."""
    text = "".join(mail_text(mail_view(published(NUMERO), ENSEIGNE))).encode()
    return {"courriel-1.html": mail(NUMERO), "courriel-1.txt": text}


if __name__ == "__main__":
    for name, data in witnesses().items():
        (WITNESSES / name).write_bytes(data)
