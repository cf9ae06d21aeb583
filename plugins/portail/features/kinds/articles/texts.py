"""The Markdown of each article that anyone may publish again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portail.facts.base import byline
from portail.facts.when import day_of
from portail.late import expression
from portail.model.kinds import where
from portail.outputs.base import TextFile, text_file
from portail.outputs.pages.entry.reading import text_of
from portail.outputs.pictures import widest
from portail.site.site import Site
from portail.text.typography import plain, typeset

# The address of a link or a picture: in the line, or in a definition.
_TARGET = expression(r"(\]\(<?|^\[[^\]]+\]:[ ]*<?)([^\s()<>]+)", re.MULTILINE)


def plan_texts(site: Site) -> Iterator[TextFile]:
    """``/articles/SLUG/texte.md``, in a site that has an address."""
    for item in site.of_kinds(where(lambda info: info.republished)):
        url = text_of(item.entry, item.url, site.config)
        if url:
            yield text_file(site, url, _text, item.ref, source=item.entry.source)


def _text(site: Site, ref: str) -> Iterator[str]:
    # Title, summary, names, text with whole addresses, where it comes from, its licence.
    item = site.items[ref]
    config = site.config
    entry = item.entry
    linked = {link.target for link in item.facts.links}
    files = {
        name: record.url if name in linked else widest(record)
        for name, record in site.medias_of(item).items()
    }
    targets = {**item.links, **files}
    page = config.absolute(item.url)

    def whole(match: re.Match[str]) -> str:
        url = targets.get(match[2], match[2] if match[2].startswith("#") else "")
        address = page + url if url.startswith("#") else config.absolute(url)
        return match[1] + (address if url else match[2])

    yield f"# {entry.titre}\n\n"
    if entry.resume:
        yield f"**{plain(entry.resume)}**\n\n"
    yield f"{byline(item, site)}\n\n"
    yield f"{_TARGET.sub(whole, site.bodies.source(item.stored)).strip()}\n\n---\n\n"
    term = site.vocabularies["licences"].get(entry.licence or "")
    where = typeset(config.nom_complet)
    yield f"Cet article a paru le {day_of(entry.publie_le)} sur [{where}]({page}).\n"
    if term:
        yield f"Licence du texte : [{term.label}]({term.extra['uri']}).\n"
