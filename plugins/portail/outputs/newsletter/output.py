"""Output « newsletter »: an issue as a mail, its plain text and its data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from portail.drawing.raster import png_of
from portail.outputs.base import Artifact, Derived
from portail.outputs.drawn import drawn, text_file
from portail.outputs.newsletter.mails import (
    DATA,
    DRAWING,
    HTML,
    MESSAGE,
    PICTURE,
    TEXT,
)
from portail.outputs.newsletter.message import has_message, message
from portail.outputs.newsletter.releases import Release, has_mail, mail_digest, releases
from portail.outputs.newsletter.text import mail_text
from portail.outputs.newsletter.urgent import urgent
from portail.outputs.newsletter.views import (
    DrawingView,
    MailView,
    drawing_view,
    mail_view,
    pictured,
)
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import file_of

__all__ = ["NewsletterOutput"]


WIDE = 1_072
"""Pixels of the picture of a mail: twice the width at which it is shown."""


class NewsletterOutput:
    """The files of every issue that the site publishes: those of a sent one depend on nothing else
    than its frozen file and the templates of mails."""

    name: ClassVar[str] = "newsletter"

    def plan(self, site: Site) -> Iterator[Artifact]:
        """Files in the order of issues, the last week first; mails, only with SITEURL.
        An erratum that cannot wait has its own."""
        for release in _published(site):
            yield text_file(site, release.url + DATA, _data, release.url)
            if has_mail(release, site):
                yield from _mail(release, site)


def _published(site: Site) -> tuple[Release, ...]:
    return (*releases(site), *(urgent(site) if site.config.siteurl else ()))


@answer
def _release(site: Site, url: str) -> Release:
    return next(one for one in _published(site) if one.url == url)


def _mail(release: Release, site: Site) -> Iterator[Artifact]:
    if pictured(release.issue):
        svg, png = release.url + DRAWING, release.url + PICTURE
        yield drawn(site, svg, "courriel/une.svg", _drawing, release.url)
        yield Derived(file_of(png), png, (file_of(svg),), _raster)
    html, text = release.url + HTML, release.url + TEXT
    yield drawn(site, html, "courriel/courriel.html", _view, release.url)
    yield text_file(site, text, _text, release.url)
    if has_message(release.enseigne):
        url, sources = release.url + MESSAGE, (file_of(html), file_of(text))
        key = (mail_digest(release),)
        yield Derived(file_of(url), url, sources, partial(_message, release), key=key)


def _drawing(site: Site, url: str) -> DrawingView:
    line = pictured(_release(site, url).issue)
    assert line
    return drawing_view(line)


def _raster(made: tuple[bytes, ...]) -> bytes:
    return png_of(made[0], WIDE)


def _view(site: Site, url: str) -> MailView:
    release = _release(site, url)
    return mail_view(release.issue, release.enseigne)


def _text(site: Site, url: str) -> Iterator[str]:
    return mail_text(_view(site, url))


def _message(release: Release, forms: tuple[bytes, ...]) -> bytes:
    html, text = forms
    return message(release, html, text)


def _data(site: Site, url: str) -> Iterator[str]:
    release = _release(site, url)
    who = release.enseigne
    told = {
        "etat": "envoye" if release.envoye else "en-preparation",
        "empreinte": mail_digest(release),
        "enseigne": {"nom": who.nom, "region": who.region, "siteurl": who.siteurl},
        "numero": release.issue.model_dump(mode="json"),
    }
    yield json.dumps(told, ensure_ascii=False, indent=1) + "\n"
