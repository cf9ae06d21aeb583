"""What a browser shows of a feed that someone opens.

Browsers read feeds no more, nor turn XML into pages (XSLT), but they give XML a style sheet, and
elements of XHTML in it are real headings and links. Readers of feeds leave out what comes from a
namespace that is not theirs (RSS 2.0, « Extending RSS »; RFC 4287 § 6.3).
"""

from __future__ import annotations

from portail.outputs.flux.heads import Head
from portail.outputs.flux.told import Told
from portail.text.dates import jour
from portail.text.html import escape

__all__ = ["head_block", "item_block", "sheet_line"]

_DIV = '<div xmlns="http://www.w3.org/1999/xhtml" lang="{}">'
_WAY = "Cette page est un flux\u00a0: pour la suivre, copiez cette adresse dans un lecteur de flux."


def sheet_line(head: Head) -> str:
    """The instruction that gives a feed its style sheet
    (https://www.w3.org/TR/xml-stylesheet/)."""
    return f'<?xml-stylesheet type="text/css" href="{escape(head.feuille)}"?>\n'


def head_block(head: Head) -> str:
    """What stands above the contents: what this is, what to do with it."""
    page = f'<a href="{escape(head.page)}">La page de ce flux</a>'
    way = f'<a href="{escape(head.aide)}">Comment suivre un flux\u00a0?</a>'
    return (
        f"{_DIV.format('fr')}<title>{escape(head.titre)}</title>"
        '<meta name="viewport" content="width=device-width"/>'
        f"<h1>{escape(head.titre)}</h1><p>{escape(head.description)}</p><p>{_WAY}</p><p><code>{escape(head.url)}</code></p>"
        f"<p>{way} {page}</p></div>"
    )


def item_block(told: Told) -> str:
    """A content: its day, its title which leads to it, its summary."""
    day = jour(told.publie.date(), semaine=False)
    summary = f"<p>{escape(told.resume)}</p>" if told.resume else ""
    return (
        f'{_DIV.format(escape(told.langue))}<h2><a href="{escape(told.url)}">'
        f"{escape(told.titre)}</a></h2><p>Publié le {day}</p>{summary}</div>"
    )
