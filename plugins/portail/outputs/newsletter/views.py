"""What the templates of mails receive: an issue and who publishes it, nothing else of the site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from portail.agenda.weeks import Week
from portail.config import REGION
from portail.drawing.empreinte import HEIGHT, Empreinte, choice_of, drawing
from portail.model.issue import Issue, Line, Masthead
from portail.outputs.newsletter.mails import PICTURE
from portail.outputs.newsletter.word import Bloc, blocks
from portail.site.urls import LEAVE, LETTERS, MY_LETTER, issue_of
from portail.text.numbers import en_lettres

__all__ = ["PICTURED", "DrawingView", "MailView", "drawing_view", "mail_view", "pictured"]

PICTURED = ("une", "relire")
"""Sections whose first line has the picture of the mail, when they come first."""
TALL = 240
"""Height of the band of a drawing that a mail shows, in its units."""


@dataclass(frozen=True, slots=True)
class DrawingView:
    """The drawing of a mail: the colour of its theme, the top of the band of it that is shown."""

    dessin: Empreinte
    teinte: str
    haut: int


@dataclass(frozen=True, slots=True)
class MailView:
    """One mail: ``numero`` as it is told, ``enseigne`` who publishes, ``mot`` the editor's word,
    ``image`` the whole address of the picture (``""``: none), ``teintes`` the colours in use."""

    numero: Issue
    enseigne: Masthead
    mot: tuple[Bloc, ...]
    image: str
    teintes: tuple[str, ...]

    def adresse(self, url: str) -> str:
        """The whole address of a site path."""
        return self.enseigne.siteurl.rstrip("/") + url

    @property
    def url(self) -> str:
        """Address of the issue on line."""
        return self.adresse(issue_of(self.numero.semaine, self.numero.edition))

    @property
    def accueil(self) -> str:
        """Address of the portal."""
        return self.adresse("/")

    @property
    def lettres(self) -> str:
        """Address of the page of all issues and editions."""
        return self.adresse(LETTERS)

    @property
    def ma_lettre(self) -> str:
        """Address where one composes a letter of one's own."""
        return self.adresse(MY_LETTER)

    @property
    def depart(self) -> str:
        """Address where one leaves, which a sender replaces with that of each subscriber."""
        return self.adresse(LEAVE)

    @property
    def contact(self) -> str:
        """Address of the editors, as a link (RFC 6068); ``""``: none."""
        return f"mailto:{quote(self.enseigne.courriel, safe='@')}" if self.enseigne.courriel else ""

    @property
    def semaine(self) -> str:
        """The week for readers: « semaine 39 »."""
        week = Week.parse(self.numero.semaine)
        return week.libelle.lower() if week else ""

    @property
    def edition(self) -> str:
        """Name of the edition when it is not that of the region."""
        return "" if self.numero.edition == REGION else self.numero.nom

    @property
    def errata(self) -> str:
        """Title of what changed, which counts it."""
        count = len(self.numero.errata)
        return f"Erratum\u00a0: {en_lettres(count)} changement{'s' if count > 1 else ''}"

    @property
    def jour(self) -> date:
        """The Thursday when it goes out."""
        return self.numero.jour


def pictured(issue: Issue) -> Line | None:
    """The line that has the picture: the first, unless the issue begins with something else than
    what is told at length."""
    first = issue.sections[0] if issue.sections else None
    return first.lignes[0] if first and first.cle in PICTURED and first.lignes else None


def drawing_view(line: Line) -> DrawingView:
    """The drawing of the content of a line: that of its page, which its address names."""
    drawn = drawing(choice_of(line.url.strip("/").rpartition("/")[2] or line.ref))
    return DrawingView(drawn, line.couleur, min(max(drawn.y - TALL // 2, 0), HEIGHT - TALL))


def mail_view(issue: Issue, masthead: Masthead) -> MailView:
    """The view of the mail of ``issue``, published by ``masthead``."""
    page = masthead.siteurl.rstrip("/") + issue_of(issue.semaine, issue.edition)
    hues = {line.couleur for line in issue.lignes if re.fullmatch(r"[a-z]+", line.couleur)}
    return MailView(
        numero=issue,
        enseigne=masthead,
        mot=blocks(issue.mot),
        image=f"{page}{PICTURE}" if pictured(issue) else "",
        teintes=tuple(sorted(hues | {"brique"})),
    )
