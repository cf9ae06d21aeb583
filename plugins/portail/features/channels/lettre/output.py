"""Output « courriels »: an issue as a mail, its plain text and its data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import quote, urlsplit, urlunsplit

from portail.agenda.weeks import Week
from portail.files import digest_bytes
from portail.outputs.base import Artifact, Derived, drawn, text_file
from portail.outputs.empreintes import shown_theme
from portail.outputs.pages.slots import EVENING
from portail.outputs.pictures import PICTURE_VERSION, SHARED_SIZE, checked_bytes, shown_size
from portail.site.item import MediaRecord
from portail.site.memo import answer, per_site
from portail.site.site import Site
from portail.site.urls import MAIL, MAIL_DATA, file_of, shared_of
from portail.source.signatures import FORMATS
from portail.text.excerpts import excerpt
from portail.text.mail import header, mailbox_header
from portail.text.typography import in_letters, plain, typeset

from . import mails
from .addresses import LEAVE, LETTERS
from .announced import changed_since
from .days import leaves
from .issue import Erratum, Issue, Masthead
from .issues import Release, has_mail, mail_digest, releases
from .picks import history_of
from .sent import masthead_of, sent_weeks
from .settings import Edition, letter_of
from .text import WORDS, erratum, mail_text, one_line

# Whom a message that is not addressed yet is for (RFC 5322, 3.4); a sender replaces it.
_EVERYONE = "undisclosed-recipients:;"
# A ``dot-atom`` (RFC 5322, 3.2.3): what needs quotes, or SMTPUTF8, no list is sent from.
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


def has_message(masthead: Masthead) -> bool:
    host = mails.mail_host(urlsplit(masthead.siteurl).hostname or "")
    return bool(host and _ascii_address(masthead.expediteur))


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
            mailbox_header("From", name, _ascii_address(who.expediteur)),
            header("To", _EVERYONE),
            header("Subject", one_line(typeset(plain(release.issue.sujet)))),
            header("Date", format_datetime(day)),
            mail.as_bytes(),
        )
    )


def _addresses(release: Release) -> Iterator[str]:
    who = release.enseigne
    code = release.issue.edition
    host = mails.mail_host(urlsplit(who.siteurl).hostname or "")
    site = _ascii_url(who.siteurl.rstrip("/"))
    yield f"Message-ID: <{release.issue.semaine}.{code}.{mail_digest(release)}@{host}>"
    yield f"List-Id: <{code}.lettre.{host}>"
    yield f"List-Unsubscribe: <{site}{LEAVE}>"
    yield "List-Unsubscribe-Post: List-Unsubscribe=One-Click"
    yield f"List-Archive: <{site}{LETTERS}>"
    if owner := _ascii_address(who.courriel):
        yield f"List-Owner: <mailto:{quote(owner, safe='@')}>"
    yield f"Archived-At: <{site}{release.page}>"


def _ascii_address(address: str) -> str:
    # An address with its domain as mail carries it; ``""`` for what cannot be one.
    local, at, host = address.rpartition("@")
    domain = mails.mail_host(host)
    return f"{local}@{domain}" if at and domain and _LOCAL.fullmatch(local) else ""


def _ascii_url(url: str) -> str:
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    host = f"{mails.mail_host(parts.hostname or '')}{port}"
    return urlunsplit((parts.scheme, host, quote(parts.path, safe="/%~"), "", ""))


# What cannot wait for the next letter: an erratum of its own, a short message to the same
# readers.
# It is made at each build from the letters that were sent, as long as a day that they announced
# and that changed comes before the next one; sending it is asked for by hand.

_LONGEST = 70


@per_site
def urgent(site: Site) -> tuple[Release, ...]:
    """One for each edition that has something to tell before its next letter."""
    issues = (_issue(site, edition) for edition in letter_of(site.config).editions)
    masthead = masthead_of(site.config)
    releases = []
    for issue in issues:
        if issue:
            text = f"{issue.model_dump_json()}{masthead.model_dump_json()}"
            digest = digest_bytes(text.encode())
            releases.append(Release(issue, masthead, envoye=True, digest=digest, urgent=True))
    return tuple(releases)


def _issue(site: Site, edition: Edition) -> Issue | None:
    today = site.day.date
    week = Week.of(today)
    history = history_of(
        site, week.next, edition.code
    )  # the letter of this week, once sent, counts
    letter = week.next if week.slug in sent_weeks(site) else week  # this week's, unless it was sent
    before = letter.thursday.isoformat()
    errata = tuple(
        erratum(changed, site, today)
        for changed in changed_since(site, history, today, today)
        if any(day < before for day in changed.avant.jours)
    )
    if not errata:
        return None
    return Issue(
        semaine=week.slug,
        edition=edition.code,
        nom=edition.nom,
        jour=today,
        sujet=_subject(errata),
        apercu=WORDS["urgent"],
        errata=errata,
    )


def _subject(errata: tuple[Erratum, ...]) -> str:
    first = errata[0]
    if len(errata) == 1:
        return excerpt(f"{first.mot}\u00a0: {typeset(plain(first.titre))}", _LONGEST)
    return f"Erratum\u00a0: {in_letters(len(errata))} changements depuis la lettre"


# Pixels of the picture of a mail: twice the width at which it is shown.
WIDE = 1_072


def plan_mails(site: Site) -> Iterator[Artifact]:
    """The files of every issue that the site publishes; mails only with SITEURL."""
    yield from _evenings(site)
    for release in _published(site):
        yield text_file(site, release.url + MAIL_DATA, _data, release.url)
        if has_mail(release, site):
            yield from _mail(release, site)


def _published(site: Site) -> tuple[Release, ...]:
    return (*releases(site), *(urgent(site) if site.config.siteurl else ()))


@answer
def _release(site: Site, url: str) -> Release:
    return next(release for release in _published(site) if release.url == url)


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
    line = release.issue.tete
    if line is None:
        return
    item = site.items.get(line.ref)
    record = mails.fitting(item, site) if item and release.issue.image else None
    if record:
        jpg = release.url + mails.PHOTO
        key = (record.digest, PICTURE_VERSION)
        yield Derived(file_of(jpg), jpg, (), partial(_photo, record), record.path, key)
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
            outings = next((section for section in issue.sections if section.cle == "faire"), None)
            url = mails.evening_of(issue)
            folder = url.removesuffix(mails.EVENING)
            files = EVENING.ask(site, folder, issue.jour, len(outings.lignes) if outings else 0)
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
    release = _release(site, url)
    return mails.mail_view(release.issue, release.enseigne)


def _text(site: Site, url: str) -> Iterator[str]:
    return mail_text(_view(site, url))


def _data(site: Site, url: str) -> Iterator[str]:
    release = _release(site, url)
    who = release.enseigne
    document = {
        "etat": "envoye" if release.envoye else "en-preparation",
        "empreinte": mail_digest(release),
        "enseigne": {"nom": who.nom, "region": who.region, "siteurl": who.siteurl},
        "numero": release.issue.model_dump(mode="json"),
    }
    yield json.dumps(document, ensure_ascii=False, indent=1) + "\n"
