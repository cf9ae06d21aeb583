"""Output « newsletter »: an issue as a mail, its plain text and its data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from portail.drawing.raster import png_of
from portail.files import digest_of
from portail.outputs.base import Artifact, Derived, TemplatePage, TextFile
from portail.outputs.newsletter.mails import (
    DATA,
    DRAWING,
    HTML,
    MESSAGE,
    PICTURE,
    TEXT,
    has_mail,
    mail_digest,
)
from portail.outputs.newsletter.message import has_message, message
from portail.outputs.newsletter.releases import Release, releases
from portail.outputs.newsletter.text import mail_text
from portail.outputs.newsletter.urgent import urgent
from portail.outputs.newsletter.views import MailView, drawing_view, mail_view, pictured
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
        for release in releases(site):
            yield TextFile(
                file_of(release.url + DATA),
                release.url + DATA,
                (release.digest,),
                partial(_data, release),
            )
            if has_mail(release, site):
                yield from _mail(release)
        for release in urgent(site) if site.config.siteurl else ():
            url = release.url + DATA
            yield TextFile(file_of(url), url, (release.digest,), partial(_data, release))
            yield from _mail(release)


def _mail(release: Release) -> Iterator[Artifact]:
    yield from _picture(release)
    key = (mail_digest(release),)
    view = partial(_view, release)
    url = release.url + HTML
    yield TemplatePage(file_of(url), url, "courriel/courriel.html", key, view)
    url = release.url + TEXT
    yield TextFile(file_of(url), url, key, lambda: mail_text(view()))
    if has_message(release.enseigne):
        sources = file_of(release.url + HTML), file_of(url)
        url = release.url + MESSAGE
        yield Derived(file_of(url), url, sources, partial(_message, release), key=key)


def _view(release: Release) -> MailView:
    return mail_view(release.issue, release.enseigne)


def _picture(release: Release) -> Iterator[Artifact]:
    line = pictured(release.issue)
    if line is None:
        return
    svg, png = release.url + DRAWING, release.url + PICTURE
    key = (digest_of(line.url, line.ref, line.couleur),)
    yield TemplatePage(file_of(svg), svg, "courriel/une.svg", key, lambda: drawing_view(line))
    yield Derived(file_of(png), png, (file_of(svg),), lambda made: png_of(made[0], WIDE))


def _message(release: Release, forms: tuple[bytes, ...]) -> bytes:
    html, text = forms
    return message(release, html, text)


def _data(release: Release) -> Iterator[str]:
    who = release.enseigne
    told = {
        "etat": "envoye" if release.envoye else "en-preparation",
        "empreinte": mail_digest(release),
        "enseigne": {"nom": who.nom, "region": who.region, "siteurl": who.siteurl},
        "numero": release.issue.model_dump(mode="json"),
    }
    yield json.dumps(told, ensure_ascii=False, indent=1) + "\n"
