"""An issue as a message (RFC 5322): its two forms, and the headers of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time
from urllib.parse import quote, urlsplit, urlunsplit

from portail.agenda.occurrences import PARIS
from portail.model.issue import Masthead
from portail.outputs.newsletter.columns import one_line
from portail.outputs.newsletter.mails import ascii_host
from portail.outputs.newsletter.releases import Release, mail_digest
from portail.site.urls import LEAVE, LETTERS
from portail.text.inline import plain
from portail.text.mail_headers import header, mailbox_header
from portail.text.typography import typographie

__all__ = ["HOUR", "has_message", "message"]

HOUR = time(8)
"""When a letter goes out, in Paris."""
_EVERYONE = "undisclosed-recipients:;"
"""Whom a message that is not addressed yet is for (RFC 5322, 3.4); a sender replaces it."""
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
"""A ``dot-atom`` (RFC 5322, 3.2.3): what needs quotes, or SMTPUTF8, no list is sent from."""


def has_message(masthead: Masthead) -> bool:
    """Whether a message has an address to come from and a domain to be named by."""
    host = ascii_host(urlsplit(masthead.siteurl).hostname or "")
    return bool(host and _ascii_address(masthead.expediteur))


def message(release: Release, html: bytes, text: bytes) -> bytes:
    """The message of an issue, whose two forms are ``html`` and ``text`` (UTF-8).

    Lines end with CRLF and none is over 998 bytes; it is a function of the issue and of who
    publishes it. Headers: RFC 2369 and 2919 (lists), 8058 (leaving in one click), 2047 (words that
    are not ASCII), 5064 (where it is on line).
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
    day = datetime.combine(release.issue.jour, HOUR, tzinfo=PARIS)
    # Addresses are never folded nor encoded, which the library does to whatever is long.
    return b"".join(
        (
            "".join(f"{line}\r\n" for line in _addresses(release)).encode("ascii"),
            _sender(release.enseigne),
            header("To", _EVERYONE),
            header("Subject", one_line(typographie(plain(release.issue.sujet)))),
            header("Date", format_datetime(day)),
            mail.as_bytes(),
        )
    )


def _sender(masthead: Masthead) -> bytes:
    name = one_line(f"La lettre du jeudi · {typographie(plain(masthead.nom))}")
    return mailbox_header("From", name, _ascii_address(masthead.expediteur))


def _addresses(release: Release) -> Iterator[str]:
    who, code = release.enseigne, release.issue.edition
    host = ascii_host(urlsplit(who.siteurl).hostname or "")
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
    """An address with its domain as mail carries it; ``""`` for what cannot be one."""
    local, at, host = address.rpartition("@")
    known = ascii_host(host)
    return f"{local}@{known}" if at and known and _LOCAL.fullmatch(local) else ""


def _ascii_url(url: str) -> str:
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    host = f"{ascii_host(parts.hostname or '')}{port}"
    return urlunsplit((parts.scheme, host, quote(parts.path, safe="/%~"), "", ""))
