"""The configuration of the visual editor: one collection for each kind that it can write.

Its options are those of Sveltia CMS, which publishes a JSON Schema of them; a test reads ours by
that of the version in the theme.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from portail.config import SiteConfig
from portail.model.kinds import Kind
from portail.model.vocabulary import Vocabularies
from portail.outputs.admin.backend import Backend
from portail.outputs.admin.fields import Field, fields_for
from portail.schemas.kind_schema import kind_schema
from portail.site.urls import ADMIN

__all__ = ["EDITED", "configuration"]

EDITED = {
    Kind.EVENT: "event",
    Kind.ARTICLE: "article",
    Kind.ANNONCE: "campaign",
    Kind.RESSOURCE: "inventory_2",
    Kind.LIEU: "place",
    Kind.DOSSIER: "folder_open",
    Kind.PROJET: "rocket_launch",
    Kind.COMMUNAUTE: "groups",
    Kind.AUTEUR: "person",
    Kind.TERRITOIRE: "map",
    Kind.PAGE: "description",
}
"""Kinds that the editor writes, each with its icon. Not temps forts, whose editions are named by
their year, nor the words of a letter, whose file is named by its week."""

_FOLDERS = frozenset(kind.value for kind in EDITED if kind is not Kind.EVENT)
"""Folders from which a reference is chosen, by the name of a file: those of events may begin with
a day, which references leave out."""
_FIRST = ("titre", "resume", "publie_le")
_LAST = (
    "image", "themes", "mots_cles", "auteurs", "territoires", "communautes", "dossiers",
    "references", "resume_falc", "modifie", "licence", "langue", "statut", "a_ne_pas_manquer",
    "ids_externes", "anciennes_urls",
)  # fmt: skip
"""Fields that all kinds share, after those that make one what it is."""
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_BUTTONS = (
    "bold", "italic", "link", "heading-two", "heading-three", "quote", "bulleted-list",
    "numbered-list",
)  # fmt: skip
_BODY: Field = {
    "name": "body",
    "label": "Texte",
    "hint": "En Markdown, ou par les boutons. Les intertitres commencent au niveau 2.",
    "widget": "richtext",
    "required": False,
    # Text that the buttons do not know is kept by this mode alone.
    "modes": ["raw", "rich_text"],
    "buttons": [*_BUTTONS],
    "editor_components": ["image"],
    "linked_images": False,
    "use_emoji_autocomplete": False,
}
_PICTURE = {"width": 2400, "height": 2400, "quality": 85, "format": "webp"}
_FIXED: Mapping[str, Any] = {
    "media_libraries": {
        "default": {
            "config": {
                "max_file_size": 30_000_000,
                "slugify_filename": True,
                "transformations": {"raster_image": _PICTURE},
            }
        },
        "stock_assets": {"providers": []},
    },
    "slug": {
        "encoding": "ascii",
        "clean_accents": True,
        "sanitize_replacement": "-",
        "maxlength": 80,
    },
    "editor": {"preview": False},
    "output": {"omit_empty_optional_fields": True},
}
"""Options that are those of every instance: what becomes of pictures, of names, of empty fields."""


def configuration(
    config: SiteConfig, backend: Backend, vocabularies: Vocabularies, foldered: Collection[Kind]
) -> dict[str, Any]:
    """The whole configuration. Contents of the kinds of ``foldered`` stand in folders with their
    pictures too, and have a collection apart."""
    collections = []
    for kind in EDITED:
        fields = [*_fields(kind, vocabularies)]
        collections.append(_collection(config, kind, fields))
        if kind in foldered:
            collections.append(_foldered(config, kind, fields))
    told: dict[str, Any] = {"backend": backend.document}
    if backend.relu:
        told["publish_mode"] = "editorial_workflow"
    if config.siteurl:
        told |= {"site_url": config.siteurl, "logout_redirect_url": config.absolute(ADMIN)}
    return told | {
        "app_title": f"{config.nom} : éditeur",
        "logo": {"src": f"{config.base}/theme/icons/favicon.svg"},
        "show_preview_links": False,
        "media_folder": f"{config.contenu}/medias",
        "public_folder": f"/{config.contenu}/medias",
        **_FIXED,
        "collections": collections,
    }


def _fields(kind: Kind, vocabularies: Vocabularies) -> Iterator[Field]:
    """Its fields: what it is called, what is its own, its text, what all kinds share."""
    given = {one["name"]: one for one in fields_for(kind_schema(kind, vocabularies), _FOLDERS)}
    if "publie_le" in given and given["publie_le"]["required"]:
        given["publie_le"]["default"] = "{{now}}"
    yield from (given[name] for name in _FIRST if name in given)
    yield from (one for name, one in given.items() if name not in (*_FIRST, *_LAST))
    yield dict(_BODY)
    yield from (given[name] for name in _LAST if name in given)


def _collection(config: SiteConfig, kind: Kind, fields: list[Field]) -> dict[str, Any]:
    info = kind.info
    hint = "Le nom du fichier, et de la page : il ne change plus ensuite."
    return {
        "name": kind.value,
        "label": info.pluriel[0].upper() + info.pluriel[1:],
        "label_singular": info.nom[0].upper() + info.nom[1:],
        "icon": EDITED[kind],
        "folder": f"{config.contenu}/{info.folder}",
        "media_folder": "",
        "public_folder": "",
        "identifier_field": "titre",
        "slug": {
            "template": "{{titre}}",
            "editable": ["create"],
            "hint": hint,
            "pattern": [_SLUG, "Des lettres sans accent, des chiffres et des traits d’union."],
        },
        "summary": "{{titre}}",
        "sortable_fields": {"fields": ["titre", "publie_le"], **_newest(fields)},
        "fields": fields,
    }


def _newest(fields: list[Field]) -> dict[str, Any]:
    dated = any(one["name"] == "publie_le" and one["required"] for one in fields)
    way = ("publie_le", "Descending") if dated else ("titre", "Ascending")
    return {"default": {"field": way[0], "direction": way[1]}}


def _foldered(config: SiteConfig, kind: Kind, fields: list[Field]) -> dict[str, Any]:
    """The contents of a kind that have a folder each: ``articles/nom/index.md``."""
    one = _collection(config, kind, fields)
    return one | {
        "name": f"{kind.value}-en-dossier",
        "label": f"{one['label']} avec leurs fichiers",
        "path": "{{slug}}/index",
    }
