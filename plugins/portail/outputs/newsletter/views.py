"""What the templates of mails receive: an issue and who publishes it, nothing else of the site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from portail.agenda.weeks import Week
from portail.letters import REGION
from portail.model.issue import Issue, Masthead
from portail.outputs.newsletter.word import Bloc, blocks
from portail.site.urls import LEAVE, LETTERS, MY_LETTER, issue_of

__all__ = ["PICTURED", "MailView", "mail_view", "picture_seed"]

PICTURED = ("une", "relire")
"""Sections whose first line has the picture of the mail, when they come first."""


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
        word = {1: "un", 2: "deux", 3: "trois", 4: "quatre"}.get(count, str(count))
        return f"Erratum\u00a0: {word} changement{'s' if count > 1 else ''}"

    @property
    def jour(self) -> date:
        """The Thursday when it goes out."""
        return self.numero.jour


def picture_seed(issue: Issue) -> str:
    """What the picture of a mail is drawn from: the last part of the address of its first line;
    ``""`` when the issue begins with something else than what is told at length."""
    first = issue.sections[0] if issue.sections else None
    if first is None or first.cle not in PICTURED or not first.lignes:
        return ""
    return first.lignes[0].url.strip("/").rpartition("/")[2] or first.lignes[0].ref


def mail_view(issue: Issue, masthead: Masthead) -> MailView:
    """The view of the mail of ``issue``, published by ``masthead``."""
    page = masthead.siteurl.rstrip("/") + issue_of(issue.semaine, issue.edition)
    hues = {line.couleur for line in issue.lignes if re.fullmatch(r"[a-z]+", line.couleur)}
    return MailView(
        numero=issue,
        enseigne=masthead,
        mot=blocks(issue.mot),
        image=f"{page}une.png" if picture_seed(issue) else "",
        teintes=tuple(sorted(hues | {"brique"})),
    )
