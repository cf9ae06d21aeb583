"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from portail.outputs.flux.heads import Head
from portail.outputs.flux.pieces import Piece
from portail.outputs.flux.told import Told
from portail.outputs.pages.views.shared import Lien

__all__ = ["FOOT", "head_text", "item_text"]

FOOT = "\n]}\n"
"""How a feed ends."""


def head_text(head: Head, about: str) -> str:
    """The beginning of a feed, up to its first content; ``about`` is the address that explains
    our own extension (§ Extensions)."""
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": head.titre,
        "home_page_url": head.page,
        "feed_url": head.url,
        "description": head.description,
        "icon": head.icone,
        "favicon": head.petite,
        "authors": [{"name": head.portail}],
        "language": "fr",
        "_portail": {"about": about, "id": head.id},
    }
    return f'{_json(told)[:-1]}, "items": [\n'


def item_text(told: Told) -> str:
    """A content, on one line."""
    item = {
        "id": told.id,
        "url": told.url,
        "title": told.titre,
        "content_html": told.contenu,
        "summary": told.resume,
        "image": told.image.url if told.image else "",
        "date_published": told.publie.isoformat(),
        "date_modified": told.modifie.isoformat(),
        "authors": [_author(one) for one in told.auteurs],
        "tags": [one.texte for one in told.mots],
        "language": told.langue,
        "attachments": [_attachment(one) for one in told.sons],
        "_portail": {**told.rendez_vous, "licence": told.licence.url or told.licence.texte},
    }
    return _json({name: value for name, value in item.items() if value})


def _author(one: Lien) -> Mapping[str, str]:
    return {"name": one.texte, "url": one.url} if one.url else {"name": one.texte}


def _attachment(one: Piece) -> Mapping[str, Any]:
    size = {"size_in_bytes": one.octets} if one.octets else {}
    return {"url": one.url, "mime_type": one.type, **size}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
