"""The HTML of a content in a feed: what is worth knowing first, then its summary and its text."""

from __future__ import annotations

from portail.agenda.occurrences import Occurrence
from portail.body.portable import portable
from portail.facts.base import Fact, Value, licence, texts
from portail.facts.channels import FEED
from portail.facts.when import occurrence_phrase
from portail.model.kinds import Kind
from portail.outputs.empreintes import shown_picture
from portail.outputs.flux.pieces import still, target_of
from portail.outputs.pages.bodies import resolved
from portail.outputs.pages.kit import Kit
from portail.outputs.picture_sizes import shown_size
from portail.site.item import Item
from portail.site.site import Site
from portail.text.html import escape
from portail.text.inline import inline_html
from portail.text.typography import small, typographie


def facts_of(item: Item, site: Site, next_one: Occurrence | None) -> str:
    """The practical facts of a content as a list; empty when it has none.

    ``next_one`` comes first: the day for which the reader follows the event.
    """
    facts = [make(item, site) for make in FEED.get(item.entry.kind, ())]
    if next_one is not None and len(item.occurrences) > 1:
        facts.insert(0, Fact("Prochaine date", texts(small(occurrence_phrase(next_one)))))
    lines = (
        f"<li><strong>{escape(typographie(one.label))}\u00a0:</strong> "
        + "\u00a0; ".join(_linked(value, site) for value in one.values)
        + "</li>"
        for one in facts
        if one.values
    )
    inside = "\n".join(lines)
    return f"<ul>\n{inside}\n</ul>" if inside else ""


def content_of(item: Item, site: Site, kit: Kit, facts: str, *, whole: bool) -> str:
    """The content of an item: its picture and its text too when ``whole``."""
    entry = item.entry
    summary = f"<p>{inline_html(entry.resume)}</p>" if entry.resume else ""
    if not whole:
        return _joined(facts, summary)
    text = _body(item, site)
    if summary:
        summary = f"<p><strong>{summary[3:-4]}</strong></p>"
    if entry.langue != "fr":  # as on its page: only an article has its summary in its language
        mine = entry.kind is Kind.ARTICLE
        inside, summary = (_joined(summary, text), "") if mine else (text, summary)
        text = f'<div lang="{escape(entry.langue)}">\n{inside}\n</div>'
    return _joined(_figure(item, site, kit), facts, summary, text)


def _joined(*parts: str) -> str:
    return "\n".join(filter(None, parts))


def _linked(one: Value, site: Site) -> str:
    text = escape(typographie(one.text))
    note = f" ({escape(typographie(one.note))})" if one.note else ""
    url = site.config.absolute(one.url) if one.url.startswith("/") else one.url
    return f'<a href="{escape(url)}">{text}</a>{note}' if url else text + note


def _body(item: Item, site: Site) -> str:
    page = site.config.absolute(item.url)
    html = resolved(item, site.medias_of(item), site.config.siteurl, site.bodies, target_of)
    return portable(html, lambda href: page + href if href[:1] == "#" else href, pictures=True)


def _figure(item: Item, site: Site, kit: Kit) -> str:
    """The picture that heads a content, with its legend, its credit and its licence."""
    image, record = item.entry.image, shown_picture(item, site)
    if image is None or record is None:
        return ""
    file = still(record)
    width, height = shown_size(record, file.largeur)
    terms = licence(image.licence, kit.vocabularies).text
    credit = ", ".join(filter(None, (f"© {typographie(image.credit)}", terms)))
    legend = inline_html(image.legende) if image.legende else ""
    said = " · ".join(filter(None, (legend, escape(credit))))
    source = escape(site.config.absolute(file.url))
    shown = f'<img src="{source}" alt="{escape(image.alt)}" width="{width}" height="{height}">'
    return f"<figure>{shown}<figcaption>{said}</figcaption></figure>"
