"""The page that gives the text of an article to whoever may publish it again."""

from __future__ import annotations

import html
from collections.abc import Iterator

from portail.body.portable import portable
from portail.files import digest_bytes
from portail.outputs.base import Digest, TemplatePage
from portail.outputs.pages.bodies import body_of
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import Kit, day_of, resolve_names
from portail.outputs.pages.licences import conditions
from portail.outputs.pages.reading import in_words, republication
from portail.outputs.pages.views import Frame, Lien, RepriseView
from portail.site.urls import HOME, file_of, reprise_of
from portail.source.store import Store
from portail.text.html import SafeHtml
from portail.text.inline import inline_html, plain

__all__ = ["plan_reprise"]


def plan_reprise(
    inputs: EntryInputs, frame: Frame, kit: Kit, bodies: Store
) -> Iterator[TemplatePage]:
    """The page, for an article whose licence allows it, in a site that has an address."""
    item = inputs.item
    url = republication(item.entry, item.url, kit.config)
    if not url:
        return
    yield TemplatePage(
        file_of(url),
        url,
        "reprise.html",
        _key(inputs, frame.digest),
        lambda: _view(inputs, frame, kit, bodies),
        item.entry.source,
    )


def _key(inputs: EntryInputs, frame: Digest) -> tuple[Digest, ...]:
    item, entry = inputs.item, inputs.item.entry
    shown = (
        item.url,
        entry.titre,
        entry.resume,
        entry.langue,
        entry.licence,
        entry.publie_le,
        _names(inputs),
        item.facts.digest,
        sorted(item.links.items()),
    )
    return (frame, digest_bytes(repr(shown).encode()))


def _names(inputs: EntryInputs) -> str:
    return in_words(resolve_names(inputs.item.entry, "auteurs", inputs.links))


def _view(inputs: EntryInputs, frame: Frame, kit: Kit, bodies: Store) -> RepriseView:
    item, entry = inputs.item, inputs.item.entry
    info, titre = entry.kind.info, plain(entry.titre)
    term = kit.vocabularies["licences"].get(entry.licence)
    licence = Lien(kit.short("licences", entry.licence), str(term.extra["uri"]) if term else "")
    text = _text(inputs, licence, kit, bodies)
    return RepriseView(
        cadre=frame,
        titre="Republier cet article",
        description=f"Conditions et texte à copier pour republier « {titre} ».",
        url=reprise_of(item.url),
        fil=(Lien("Accueil", HOME), Lien(info.rubrique, info.listing), Lien(titre, item.url)),
        rubrique=info.listing,
        noindex=True,
        licence=licence,
        langue=entry.langue,
        conditions=conditions(entry.licence),
        # Quotes stay as they are: nothing ends a text area but its own end tag.
        texte=SafeHtml(html.escape(text, quote=False)),
    )


def _text(inputs: EntryInputs, licence: Lien, kit: Kit, bodies: Store) -> str:
    """The HTML to copy: title, summary, names, text, where it comes from."""
    item, entry, config = inputs.item, inputs.item.entry, kit.config
    page = config.absolute(item.url)

    def absolute(href: str) -> str:
        return page + href if href.startswith("#") else href

    site, name = html.escape(f"{config.nom} {config.en_region}"), html.escape(licence.texte)
    parts = (
        f"<h1>{inline_html(entry.titre)}</h1>",
        f"<p><strong>{inline_html(entry.resume)}</strong></p>" if entry.resume else "",
        f"<p>Par {html.escape(_names(inputs))}</p>",
        portable(body_of(inputs, config.siteurl, bodies), absolute),
        "<hr>",
        f'<p>Cet article a paru le {day_of(entry.publie_le)} sur <a href="{page}">{site}</a>.</p>',
        f'<p>Licence du texte : <a href="{licence.url}">{name}</a>.</p>',
    )
    return "\n".join(filter(None, parts))
