"""Messages that a visitor has only to send: ``mailto:`` addresses with their subject and text."""

from __future__ import annotations

from urllib.parse import quote

from portail.site.site import Site
from portail.text.typography import subject_of

from .views.shared import Lien
from .words import WORDS


def mailto(to: str, subject: str, body: str = "") -> str:
    """A mailto: address (RFC 6068) to one or to several, parted by commas: lines end with CR LF,
    everything is escaped."""
    lines = _quoted(body.replace("\n", "\r\n"))
    more = f"&body={lines}" if body else ""
    return f"mailto:{quote(to, safe='@,')}?subject={_quoted(subject_of(subject))}{more}"


_ESCAPED = {code: f"%{code:02X}" for code in range(256) if quote(chr(code), safe="") != chr(code)}


def _quoted(text: str) -> str:
    return text.encode().decode("latin-1").translate(_ESCAPED)


def forwarded(site: Site, url: str, subject: str, to: str, text: str) -> tuple[Lien, ...]:
    """A message to the editors, who hand it on ``to`` whom it is for; needs their address."""
    if not site.config.courriel:
        return ()
    words = WORDS["courriel"]
    page = site.config.absolute(url)
    body = words["suivre"].format(qui=to, texte=text, page=page)
    address = mailto(site.config.courriel, subject, body)
    return (Lien(words["par_la_redaction"], address, words["transmet"]),)
