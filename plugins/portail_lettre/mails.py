"""The mails of the letter: what they show, their files, and their addresses on the site."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from lxml import html
from lxml.html import HtmlElement
from msgspec import Struct

from portail.agenda.weeks import Week
from portail.model.kinds import WEEKLY, info_of
from portail.outputs.pictures import shown_picture
from portail.site.item import Item, MediaRecord
from portail.site.site import Site
from portail.text.hosts import ascii_host
from portail.text.typography import SafeHtml, escape, typeset

from .fragment import links_of, tree_of
from .issue import Letter, Masthead, Picture
from .settings import REGION

# The issues: ``/newsletter/``.
LETTERS = info_of(WEEKLY).listing
# The page that says how to leave; a mail sent to one subscriber has an address of its own.
LEAVE = f"{LETTERS}desabonnement/"


def letters_of(edition: str, year: int | None = None) -> str:
    """Site path of the issues of an edition: all, or those of a year (``/newsletter/``,
    ``/newsletter/somme/``, ``/newsletter/2021/``)."""
    page = LETTERS if edition == REGION else f"{LETTERS}{edition}/"
    if year:
        return f"{page}{year}/"
    return page


def issue_of(week: str, edition: str) -> str:
    page = f"{LETTERS}{week}/"
    if edition == REGION:
        return page
    return f"{page}{edition}/"


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
    """One mail, with whole addresses: ``parts`` are the sections of its letter and their sorts,
    ``url`` of the issue on line, ``depart`` where one leaves, which a sender replaces with that of
    each subscriber.
    """

    numero: Letter
    enseigne: Masthead
    parts: tuple[tuple[str, SafeHtml], ...]
    url: str
    accueil: str
    lettres: str
    depart: str
    contact: str
    semaine: str
    edition: str

    def adresse(self, url: str) -> str:
        return _whole(_marked(url, self.numero.semaine), self.enseigne)


def _whole(url: str, masthead: Masthead) -> str:
    if url.startswith("/"):
        return masthead.siteurl.rstrip("/") + url
    return url


def _marked(url: str, week: str) -> str:
    """The path of a link that says, to the log of the host, which letter led there: the same for
    all who receive it.

    >>> _marked("/agenda/?jour=1#a", "2026-s49"), _marked("https://a.example/", "2026-s49")
    ('/agenda/?jour=1&lettre=2026-s49#a', 'https://a.example/')
    """
    if not url.startswith("/"):
        return url
    path, sign, anchor = url.partition("#")
    return f"{path}{'&' if '?' in path else '?'}lettre={week}{sign}{anchor}"


def _parts(letter: Letter, masthead: Masthead) -> Iterator[tuple[str, SafeHtml]]:
    # The sections, the picture of what leads above the first things, that of the evening in its
    # section.
    root = tree_of(letter.lettre)
    for link in links_of(root):
        link.set("href", _whole(_marked(link.get("href", ""), letter.semaine), masthead))
    things = next(root.iter("h3"), None)
    image = picture_of(letter)
    if image and things is not None:
        row = next(things.iterancestors("section"))
        told = letter.image or Picture()
        credit = html.fromstring(f'<p class="meta">{escape(told.credit)}</p>')
        found = _image(image, typeset(told.alt), "photo", 510, masthead)
        for part in [found, *([credit] if told.credit else [])]:
            row.insert(row.index(row.find("ol")), part)
    sky = root.find("section[@class='ciel']")
    if letter.soir and sky is not None:
        sky.insert(1, _image(evening_of(letter), letter.soir, "image", 536, masthead))
    for part in root:
        if part.tag == "section":
            part.tag = "div"  # which Outlook knows
        yield part.get("class", ""), SafeHtml(html.tostring(part, encoding="unicode"))


def _image(url: str, alt: str, sort: str, width: int, masthead: Masthead) -> HtmlElement:
    address = escape(_whole(url, masthead))
    return html.fromstring(
        f'<img src="{address}" class="{sort}" width="{width}" alt="{escape(alt)}">'
    )


def picture_of(letter: Letter) -> str:
    """Site path of the picture of a mail: that of the text that leads, else that of its theme, of
    which there is no need where there is an evening."""
    if not letter.tete or (letter.soir and not letter.image):
        return ""
    return issue_of(letter.semaine, letter.edition) + (PHOTO if letter.image else PICTURE)


def evening_of(issue: Letter) -> str:
    """Site path of the picture of the evening of a letter."""
    return issue_of(issue.semaine, REGION) + EVENING


def fitting(item: Item, site: Site) -> MediaRecord | None:
    """The file of the picture of a content, if a mail can head with it: it is no taller than wide,
    and wide enough not to be blurred."""
    record = shown_picture(item, site)
    if record is None or record.pixels is None:
        return None
    width, height = record.pixels
    if width >= height and width >= NARROW:
        return record
    return None


def mail_view(issue: Letter, masthead: Masthead) -> MailView:
    """The view of the mail of ``issue``, published by ``masthead``."""
    base = masthead.siteurl.rstrip("/")
    mail = masthead.courriel
    page = base + issue_of(issue.semaine, issue.edition)
    week = Week.parse(issue.semaine)
    return MailView(
        numero=issue,
        enseigne=masthead,
        parts=tuple(_parts(issue, masthead)),
        url=page,
        accueil=f"{base}/",
        lettres=base + LETTERS,
        depart=base + LEAVE,
        contact=f"mailto:{quote(mail, safe='@')}" if mail else "",
        semaine=week.libelle.lower() if week else "",
        edition="" if issue.edition == REGION else issue.nom,
    )
