"""Views and files of a mail."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from msgspec import Struct

from portail.agenda.weeks import Week
from portail.outputs.pictures import shown_picture
from portail.site.item import Item, MediaRecord
from portail.site.site import Site
from portail.text.hosts import ascii_host
from portail.text.typography import SafeHtml, in_letters

from .addresses import LEAVE, LETTERS, issue_of
from .issue import Issue, Line, Masthead
from .settings import REGION
from .word_html import mail_word

TEXT = "courriel.txt"
MESSAGE = "courriel.eml"
PICTURE = "une.png"
# Names of the files, below ``Release.url``, beside ``urls.MAIL`` and ``urls.MAIL_DATA``.
PHOTO = "une.jpg"
# That of the evening, beside the issue of the region, is of all editions.
EVENING = "soir.jpg"


def mail_host(host: str) -> str:
    """A domain as mail carries it (RFC 5890): ``""`` for what is none.

    >>> mail_host("forêt.exemple.fr"), mail_host("a..b")
    ('xn--fort-ipa.exemple.fr', '')
    """
    try:
        return ascii_host(host)
    except ValueError:
        return ""


# Width at which a mail shows its picture, in pixels.
NARROW = 536


class MailView(Struct, frozen=True):
    """One mail, with whole addresses: ``url`` of the issue on line, ``depart`` where one leaves,
    which a sender replaces with that of each subscriber, ``soir`` of the picture of its evening.
    """

    numero: Issue
    enseigne: Masthead
    mot: SafeHtml
    image: str
    url: str
    accueil: str
    lettres: str
    depart: str
    contact: str
    semaine: str
    edition: str
    jour: date
    soir: str = ""

    def adresse(self, url: str) -> str:
        return self.enseigne.siteurl.rstrip("/") + url

    @property
    def en_tete(self) -> Line | None:
        """The line that has the picture."""
        return self.numero.tete if self.image else None

    @staticmethod
    def titre_errata(number: int) -> str:
        return f"Erratum\u00a0: {in_letters(number)} changement{'s' if number > 1 else ''}"


def _address(issue: Issue, page: str) -> str:
    # The picture of a mail: that of the text that leads, else that of its theme, of which there is
    # no need where there is an evening.
    if issue.tete is None or (issue.soir and not issue.image):
        return ""
    return f"{page}{PHOTO if issue.image else PICTURE}"


def evening_of(issue: Issue) -> str:
    """Site path of the picture of the evening of a letter."""
    return issue_of(issue.semaine, REGION) + EVENING


def fitting(item: Item, site: Site) -> MediaRecord | None:
    """The file of the picture of a content, if a mail can head with it: it is no taller than wide,
    and wide enough not to be blurred."""
    record = shown_picture(item, site)
    if record is None or record.pixels is None:
        return None
    width, height = record.pixels
    return record if width >= height and width >= NARROW else None


def mail_view(issue: Issue, masthead: Masthead) -> MailView:
    """The view of the mail of ``issue``, published by ``masthead``."""
    base = masthead.siteurl.rstrip("/")
    mail = masthead.courriel
    page = base + issue_of(issue.semaine, issue.edition)
    week = Week.parse(issue.semaine)
    return MailView(
        numero=issue,
        enseigne=masthead,
        mot=mail_word(issue.mot),
        image=_address(issue, page),
        url=page,
        accueil=f"{base}/",
        lettres=base + LETTERS,
        depart=base + LEAVE,
        contact=f"mailto:{quote(mail, safe='@')}" if mail else "",
        semaine=week.libelle.lower() if week else "",
        edition="" if issue.edition == REGION else issue.nom,
        jour=issue.jour,
        soir=base + evening_of(issue) if issue.soir else "",
    )
