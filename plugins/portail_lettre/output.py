"""Output « courriels »: an issue as a mail, its plain text and its data.

The plain text is the fragment read in order, with every address alone on its line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from textwrap import wrap
from urllib.parse import quote, urlunsplit

from lxml.html import HtmlElement

from portail.outputs.base import Artifact, Derived, drawn, text_file
from portail.outputs.empreintes import shown_theme
from portail.outputs.pages.slots import EVENING
from portail.outputs.pictures import PICTURE_VERSION, SHARED_SIZE, checked_bytes, shown_size
from portail.site.item import MediaRecord
from portail.site.site import Site
from portail.site.urls import MAIL, MAIL_DATA, file_of, shared_of
from portail.source.signatures import FORMATS
from portail.text.addresses import address_parts
from portail.text.dates import jour
from portail.text.mail import header, mailbox_header
from portail.text.notation import plain_notation
from portail.text.typography import plain, typeset

from . import mails
from .choice import leaves
from .fragment import WORDS, tree_of
from .issue import Masthead
from .issues import Release, has_mail, mail_digest, release_of, releases
from .mails import LEAVE, LETTERS, MailView

# Columns of a line, so that it still fits 78 (RFC 5322, 2.1.1) once quoted twice.
LIMIT = 74
_BREAKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_LINE = "\u2028"
_RAISED = {"sub": "~", "sup": "^"}


def one_line(text: str) -> str:
    """``text`` without any break or control: only spaces that may break are joined.

    >>> one_line(" a\\r\\n\\u2028b\\xa0c ")
    'a b\\xa0c'
    """
    return _BREAKS.sub(" ", text).strip(" ")


def wrapped(text: str, first: str = "") -> Iterator[str]:
    """The lines of ``text``, of ``LIMIT`` columns at most, the first after ``first``, the others
    after as many spaces; a no-break space holds.

    >>> list(wrapped("un deux", "* "))
    ['* un deux']
    """
    yield from wrap(
        one_line(text),
        LIMIT,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_on_hyphens=False,
    )


def mail_text(view: MailView) -> Iterator[str]:
    """The lines of the text of a mail."""
    for line in (*_head(view), *letter_text(view.numero.lettre, view.adresse), *_foot(view)):
        yield f"{line}\n"


def _plain_line(text: str) -> str:
    return one_line(typeset(plain(text)))


def _address(url: str) -> str:
    return f"    {one_line(url).removeprefix('mailto:')}"


def _head(view: MailView) -> Iterator[str]:
    yield "LA LETTRE DU JEUDI"
    yield from wrapped(_plain_line(view.enseigne.nom_complet))
    edition = ""
    if view.edition:
        edition = f" · édition {_plain_line(view.edition)}"
    yield from wrapped(f"{jour(view.numero.jour).capitalize()} · {view.semaine}{edition}")
    yield WORDS["mail"]["entete"]
    yield _address(view.accueil)
    yield _address(view.url)


def letter_text(letter: str, adresse: Callable[[str], str] = str) -> Iterator[str]:
    """The lines of a fragment, each address as ``adresse`` tells it."""
    root = tree_of(letter)
    for block in root.iter("h2", "h3", "p", "li"):
        above = block.getparent()
        inside = above.tag == "li"
        if block.tag == "li" and block.find("h3") is not None:
            continue
        if not inside and not (block.tag == "li" and block.getprevious() is not None):
            yield from ("", "") if block.tag == "h2" else ("",)
        if block.tag == "h3":
            yield ""
        mark = _mark(block if block.tag == "li" else above)
        lines = _lines(block, mark if block.tag in ("li", "h3") else " " * len(mark))
        yield from lines
        if block.tag == "h2":
            yield "=" * max(map(len, lines), default=0)
        links = dict.fromkeys(link.get("href", "") for link in block.iter("a"))
        yield from (_address(adresse(url)) for url in links)


def _mark(item: HtmlElement) -> str:
    # What stands before an item of a list; nothing before another block.
    if item.tag != "li":
        return ""
    items = item.getparent()
    if items.tag == "ol":
        return f"{int(items.get('start', 1)) + items.index(item)}. "
    return "* "


def _lines(block: HtmlElement, mark: str) -> list[str]:
    for element in block.iter("br", "sub", "sup"):
        sign = _RAISED.get(element.tag, "")
        element.text = plain_notation(f"{sign}{element.text or ''}{sign}") if sign else _LINE
    parts = block.text_content().split(_LINE)
    margin = " " * len(mark)
    return list(
        chain.from_iterable(
            wrapped(part, margin if rank else mark) for rank, part in enumerate(parts)
        )
    )


def _foot(view: MailView) -> Iterator[str]:
    words = WORDS["mail"]
    if view.contact:
        yield from ("", words["proposer"], f"{words['ecrire']}\u00a0:", _address(view.contact))
    yield from ("", "-- ")
    yield from wrapped(words["pied"].format(nom=_plain_line(view.numero.nom)))
    for name, text in words["liens"].items():
        yield from (f"{text}\u00a0:", _address(getattr(view, name)))
    yield words["licence"]


# Whom a message that is not addressed yet is for (RFC 5322, 3.4); a sender replaces it.
_EVERYONE = "undisclosed-recipients:;"
# A ``dot-atom`` (RFC 5322, 3.2.3): what needs quotes, or SMTPUTF8, no list is sent from.
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


def has_message(masthead: Masthead) -> bool:
    host = mails.mail_host(address_parts(masthead.siteurl).hostname or "")
    return bool(host and ascii_address(masthead.expediteur))


def message(release: Release, html: bytes, text: bytes) -> bytes:
    """The message of an issue: CRLF, lines of at most 998 bytes, a function of the issue and of who
    publishes it (RFC 2369, 2919, 8058, 2047, 5064).
    """
    from email.message import EmailMessage  # nothing else of a build waits for it
    from email.policy import SMTP
    from email.utils import format_datetime

    mail = EmailMessage(SMTP)
    mail["MIME-Version"] = "1.0"
    mail.set_content(text.decode(), cte="quoted-printable")
    mail.add_alternative(html.decode(), subtype="html", cte="quoted-printable")
    mail.set_boundary(f"=_{mail_digest(release)}")
    mail["Content-Language"] = "fr"
    who = release.enseigne
    name = one_line(f"La lettre du jeudi · {typeset(plain(who.nom))}")
    day = leaves(release.issue.jour)
    # Addresses are never folded nor encoded, which the library does to whatever is long.
    return b"".join(
        (
            "".join(f"{line}\r\n" for line in _addresses(release)).encode("ascii"),
            mailbox_header("From", name, ascii_address(who.expediteur)),
            header("To", _EVERYONE),
            header("Subject", one_line(typeset(plain(release.issue.sujet)))),
            header("Date", format_datetime(day)),
            mail.as_bytes(),
        )
    )


def _addresses(release: Release) -> Iterator[str]:
    who = release.enseigne
    code = release.issue.edition
    host = mails.mail_host(address_parts(who.siteurl).hostname or "")
    site = _ascii_url(who.siteurl.rstrip("/"))
    yield f"Message-ID: <{release.issue.semaine}.{code}.{mail_digest(release)}@{host}>"
    yield f"List-Id: <{code}.lettre.{host}>"
    yield f"List-Unsubscribe: <{site}{LEAVE}>"
    yield "List-Unsubscribe-Post: List-Unsubscribe=One-Click"
    yield f"List-Archive: <{site}{LETTERS}>"
    if owner := ascii_address(who.courriel):
        yield f"List-Owner: <mailto:{quote(owner, safe='@')}>"
    yield f"Archived-At: <{site}{release.url}>"


def ascii_address(address: str) -> str:
    """An address with its domain as mail carries it; ``""`` for what cannot be one."""
    local, at, host = address.rpartition("@")
    domain = mails.mail_host(host)
    if at and domain and _LOCAL.fullmatch(local):
        return f"{local}@{domain}"
    return ""


def _ascii_url(url: str) -> str:
    parts = address_parts(url)
    port = f":{parts.port}" if parts.port else ""
    host = f"{mails.mail_host(parts.hostname or '')}{port}"
    return urlunsplit((parts.scheme, host, quote(parts.path, safe="/%~"), "", ""))


# Pixels of the picture of a mail: twice the width at which it is shown.
WIDE = 1_072


def plan_mails(site: Site) -> Iterator[Artifact]:
    """The files of every issue that the site publishes; mails only with SITEURL."""
    yield from _evenings(site)
    for release in releases(site):
        yield text_file(site, release.url + MAIL_DATA, _data, release.url)
        if has_mail(release, site):
            yield from _mail(release, site)


def _mail(release: Release, site: Site) -> Iterator[Artifact]:
    yield from _picture(release, site)
    html = release.url + MAIL
    text = release.url + mails.TEXT
    yield drawn(site, html, "courriel/courriel.html", _view, release.url)
    yield text_file(site, text, _text, release.url)
    if has_message(release.enseigne):
        url = release.url + mails.MESSAGE
        sources = (file_of(html), file_of(text))
        key = (mail_digest(release),)
        yield Derived(file_of(url), url, sources, lambda forms: message(release, *forms), key=key)


def _picture(release: Release, site: Site) -> Iterator[Artifact]:
    # The picture of a mail: that of the text that leads, else that of its theme, which also stands
    # for a picture that is no more.
    if not release.issue.tete:
        return
    item = site.items.get(release.issue.tete)
    record = None
    if item and release.issue.image:
        record = mails.fitting(item, site)
    if record:
        jpg = release.url + mails.PHOTO
        key = (record.digest, PICTURE_VERSION)
        yield Derived(
            file_of(jpg), jpg, (), make=partial(_photo, record), source=record.path, key=key
        )
        return
    if release.issue.soir and not release.issue.image:
        return
    png = release.url + mails.PICTURE
    theme = shown_theme(item.entry.themes) if item else ""
    yield Derived(file_of(png), png, (file_of(shared_of(theme)),), _banner)
    if release.issue.image:
        jpg = release.url + mails.PHOTO
        yield Derived(file_of(jpg), jpg, (file_of(png),), _without_it)


def _evenings(site: Site) -> Iterator[Artifact]:
    # The picture of the evening of each letter, a window lit for each outing of its first edition;
    # that of no theme where the sky is drawn no more: a mail keeps asking for its picture.
    weeks = {one.issue.semaine: one for one in reversed(releases(site)) if has_mail(one, site)}
    for release in weeks.values():
        issue = release.issue
        if issue.soir:
            outings = len(tree_of(issue.lettre).findall("section[@class='faire']/ol/li"))
            url = mails.evening_of(issue)
            folder = url.removesuffix(mails.EVENING)
            files = EVENING.ask(site, folder, issue.jour, outings)
            plain = Derived(file_of(url), url, (file_of(shared_of("")),), _plain)
            yield from [*files] or [plain]


def _photo(record: MediaRecord, _: tuple[bytes, ...]) -> bytes:
    # Imported here: a build that makes no picture needs no decoder.
    from portail.outputs.medias import flattened

    assert record.pixels is not None
    size = shown_size(record, min(WIDE, record.pixels[0]))
    return flattened(checked_bytes(record), FORMATS[record.path.suffix.lower()], size)


def _banner(pictures: tuple[bytes, ...]) -> bytes:
    from portail.outputs.medias import band

    return band(pictures[0])


def _plain(pictures: tuple[bytes, ...]) -> bytes:
    from portail.outputs.medias import flattened

    return flattened(pictures[0], "PNG", SHARED_SIZE)


def _without_it(pictures: tuple[bytes, ...]) -> bytes:
    from portail.outputs.medias import BAND, flattened

    return flattened(pictures[0], "PNG", (WIDE, round(WIDE / BAND)))


def _view(site: Site, url: str) -> mails.MailView:
    release = release_of(site, url)
    return mails.mail_view(release.issue, release.enseigne)


def _text(site: Site, url: str) -> Iterator[str]:
    return mail_text(_view(site, url))


def _data(site: Site, url: str) -> Iterator[str]:
    release = release_of(site, url)
    who = release.enseigne
    document = {
        "etat": "envoye" if release.envoye else "en-preparation",
        "empreinte": mail_digest(release),
        "enseigne": {"nom": who.nom, "region": who.region, "siteurl": who.siteurl},
        "numero": release.issue.model_dump(mode="json"),
    }
    yield json.dumps(document, ensure_ascii=False, indent=1) + "\n"
