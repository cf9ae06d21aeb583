"""``/cms/config.yml``: the collections and the widgets of Decap CMS (Sveltia CMS reads them too),
for the fields of each kind that one of these widgets writes as the check accepts it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from portail.config import SiteConfig
from portail.features.services.schemas.kind_schema import Schema, kind_schema
from portail.forge import make_of
from portail.model.kinds import FORMS, Kind
from portail.outputs.base import TextFile, text_file
from portail.site.site import Site

CONFIGURATION = "/cms/config.yml"
_LONG = 140
"""Signs beyond which a field is written on several lines."""
_BACKENDS = {"github": "github", "gitlab": "gitlab", "gitea": "gitea"}
_TRIAL = "test-repo"
"""Where an editor keeps what it writes in the browser alone: for who only looks."""


def plan_configuration(site: Site) -> Iterator[TextFile]:
    """The one file of this output."""
    yield text_file(site, CONFIGURATION, _text)


def _text(site: Site) -> Iterator[str]:
    # JSON is YAML, and an editor reads it as such.
    yield json.dumps(configuration(site), ensure_ascii=False, indent=1) + "\n"


def configuration(site: Site) -> dict[str, Any]:
    """What the editor is told: where the repository is, its collections."""
    config = site.config
    kinds = [kind for kind in FORMS if kind.value not in config.sans]
    return {
        "backend": _backend(config),
        "media_folder": f"{config.contenu}/medias",
        "public_folder": "",
        "locale": "fr",
        "slug": {"encoding": "ascii", "clean_accents": True},
        "collections": [_collection(kind, site) for kind in kinds],
    }


def _backend(config: SiteConfig) -> dict[str, str]:
    address = urlsplit(config.depot)
    name = _BACKENDS.get(make_of(config.depot), _TRIAL)
    if name == _TRIAL:
        return {"name": _TRIAL}
    told = {"name": name, "repo": address.path.strip("/"), "branch": config.branche}
    own = {} if name == "github" else {"base_url": f"{address.scheme}://{address.netloc}"}
    return told | own


def _collection(kind: Kind, site: Site) -> dict[str, Any]:
    schema = kind_schema(kind, site.vocabularies, site.geography.place)
    required = frozenset(schema.get("required", ()))
    fields = _fields(schema["properties"], required)
    body = {"name": "body", "label": "Texte", "widget": "markdown"}
    return {
        "name": kind.value,
        "label": kind.info.rubrique or kind.info.nom,
        "label_singular": kind.info.nom,
        "folder": f"{site.config.contenu}/{kind.value}",
        "create": True,
        "identifier_field": "titre",
        "slug": "{{slug}}",
        "fields": [*fields, {**body, "required": False, "modes": ["raw"]}],
    }


def _fields(properties: Mapping[str, Schema], required: frozenset[str]) -> list[dict[str, Any]]:
    """The fields that a widget can write. Inside a group none is required: an editor would ask for
    it of whoever leaves the whole group empty."""
    fields = []
    for name, schema in properties.items():
        widget = _widget(schema)
        if widget:
            told = {"name": name, "label": schema.get("title", name)}
            told |= {"hint": schema["description"]} if "description" in schema else {}
            fields.append({**told, "required": name in required, **widget})
    return fields


def _widget(schema: Schema) -> dict[str, Any]:
    """The widget of a field; none for what no widget can write: free names and their values, rows
    that are a word or a group."""
    kind = schema.get("type")
    if "enum" in schema:
        return {"widget": "select", "options": _options(schema)}
    if kind == "array":
        return _several(schema["items"])
    if "properties" in schema:
        inner = _fields(schema["properties"], frozenset())
        return {"widget": "object", "collapsed": True, "fields": inner}
    if kind == "boolean":
        return {"widget": "select", "options": [{"label": "oui", "value": "true"}]}
    if kind in ("integer", "number"):
        return {"widget": "number", "value_type": "int" if kind == "integer" else "float"}
    if kind == "string":
        long = schema.get("maxLength", 0) > _LONG and "pattern" not in schema
        return {"widget": "text" if long else "string"} | _pattern(schema)
    return {}


def _several(item: Schema) -> dict[str, Any]:
    """The widget of a list."""
    if "enum" in item:
        return {"widget": "select", "multiple": True, "options": _options(item)}
    if "properties" in item:
        return {"widget": "list", "fields": _fields(item["properties"], frozenset())}
    return {"widget": "list"} if item.get("type") == "string" else {}


def _pattern(schema: Schema) -> dict[str, Any]:
    if "pattern" not in schema:
        return {}
    return {"pattern": [schema["pattern"], schema.get("description", "")]}


def _options(schema: Schema) -> list[dict[str, str]]:
    codes = [str(code) for code in schema["enum"]]
    labels = [str(label) for label in schema.get("x-libelles") or codes]
    return [{"label": label, "value": code} for code, label in zip(codes, labels, strict=True)]
