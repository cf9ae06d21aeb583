"""``/atelier/``: the page of the editor, its settings, and its files as they were published."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from portail.features.services.schemas.kind_schema import kind_schema
from portail.files import digest_bytes, digest_of
from portail.late import found
from portail.model.kinds import FORMS, WEEKLY, Kind
from portail.model.registry import MODELS
from portail.outputs.base import CopiedFile, text_file
from portail.resources import theme_dir
from portail.roles import FORMS as ROLE
from portail.text.addresses import address_parts
from portail.text.typography import capital

from .fields import Widget, fields, sorts
from .settings import ATELIER, AtelierConfig, installed

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.site.item import Item
    from portail.site.site import Site

DESK = "/atelier/"
# What follows the folder of a kind in the name of the collection of contents in folders.
_IN_FOLDERS = "-dossiers"
_OURS = Path(__file__).parent
# What « npm ci » puts there, at the versions of package-lock.json.
_MODULES = _OURS / "node_modules"
_EDITOR = _MODULES / "@sveltia/cms"
_FONTS = ("material-symbols-outlined-latin-wght-normal", "source-sans-3-latin-wght-normal")
# The programming interface of each make of forge, below its address; GitHub's own has a host of
# its own.
_API = {"gitlab": "/api/v4", "forgejo": "/api/v1", "github": "/api/v3"}
_GITHUB = "https://github.com"
# Where one edits on a computer, of what is on no forge.
_NOWHERE = "https://gitlab.com/portail/portail"


def edited(site: Site, item: Item) -> str:
    """Site path of the form of a content, whose file may be in a folder of its own."""
    source, folder = item.entry.source, item.entry.kind.info.folder
    if item.entry.sans_fichier:
        return ""
    if source.stem == "index":
        return f"{DESK}#/collections/{folder}{_IN_FOLDERS}/entries/{source.parent.name}/index"
    return f"{DESK}#/collections/{folder}/entries/{source.stem}"


def script(site: Site) -> str:
    """Address of the script by which pages of contents lead to these forms."""
    return f"{_folder(dict(_files()))}modifier.js"


def plan(site: Site) -> Iterator[Artifact]:
    """The page, the settings of the editor and of our format, the files that they load. Raises
    ``ConfigError`` where the editor is missing."""
    files = dict(_files())
    folder = _folder(files)
    for name, file in files.items():
        key = (digest_bytes(file.read_bytes()),)
        yield CopiedFile(f"{folder[1:]}{name}", f"{folder}{name}", key, file)
    yield text_file(site, DESK, _page, folder)
    yield text_file(site, f"{DESK}config.yml", _settings)
    yield text_file(site, f"{DESK}champs.json", _sorts)


def _folder(files: Mapping[str, Path]) -> str:
    # Below what browsers keep for ever: it changes with the bytes of any of them.
    mark = digest_of(*files, *(digest_bytes(file.read_bytes()) for file in files.values()))
    return f"/theme/js/atelier/{mark[:12]}/"


def _files() -> Iterator[tuple[str, Path]]:
    installed(_EDITOR)
    yield from ((file.name, file) for file in sorted(_OURS.glob("*.js")))
    yield from ((name, theme_dir() / "static/js" / name) for name in ("commun.js", _WRITER))
    yield "sveltia-cms.js", _EDITOR / "dist/sveltia-cms.js"
    yield "fr.json", _EDITOR / "locales/fr.json"
    for name in _FONTS:
        yield f"{name}.woff2", next((_EDITOR / "npm/assets").glob(f"{name}-*.woff2"))
    reader = _MODULES / "yaml/browser"
    yield from ((f"yaml/{file.relative_to(reader)}", file) for file in sorted(reader.rglob("*.js")))


# What writes the files of the contribution form.
_WRITER = "contribuer-fichier.js"


def _config(site: Site) -> AtelierConfig:
    config: AtelierConfig = site.config.added[ATELIER.key]
    return config


def _forge(site: Site) -> tuple[str, str, str]:
    # The origin of the forge, the path of the repository there, the address of its interface.
    config = _config(site)
    parts = address_parts(config.depot or site.config.depot or _NOWHERE)
    origin = f"{parts.scheme}://{parts.netloc}"
    api = f"{origin}{_API[config.forge]}"
    if origin == _GITHUB:
        api = "https://api.github.com"
    return origin, parts.path.strip("/"), api


def _page(site: Site, folder: str) -> Iterator[str]:
    parts = address_parts(_forge(site)[2])
    text = (_OURS / "atelier.html").read_text(encoding="utf-8")
    words = {
        "forge": f"{parts.scheme}://{parts.netloc}",
        "base": site.config.base,
        "dossier": f"{site.config.base}{folder}",
        "nom": site.config.nom,
    }
    for name, value in words.items():
        text = text.replace(f"{{{{ {name} }}}}", escape(value))
    yield text


def _settings(site: Site) -> Iterator[str]:
    config = _config(site)
    origin, repo, api = _forge(site)
    backend: Widget = {
        "name": "gitea" if config.forge == "forgejo" else config.forge,
        "repo": repo,
        "branch": config.branche or site.config.branche,
        "api_root": api,
    }
    if config.forge == "github":
        if config.relais:
            backend["base_url"] = config.relais
    else:
        backend["base_url"] = origin
        if config.application:
            backend["app_id"] = config.application
    if config.forge == "gitlab" and config.application:
        backend["auth_type"] = "pkce"
    references = _references(site)
    settings = {
        "backend": backend,
        "publish_mode": "" if config.forge == "forgejo" else "editorial_workflow",
        "site_url": site.config.siteurl,
        "media_folder": f"{site.config.contenu}/medias",
        "public_folder": "/medias",
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 80},
        "editor": {"preview": False},
        "output": {"omit_empty_optional_fields": True},
        "collections": [
            *chain.from_iterable(_collections(site, kind, references) for kind in _kinds(site))
        ],
    }
    settings = {name: value for name, value in settings.items() if value}
    yield yaml.safe_dump(settings, allow_unicode=True, sort_keys=False, width=10_000)


def _kinds(site: Site) -> list[Kind]:
    return [kind for kind in MODELS if kind.value not in site.config.sans]


def _collections(site: Site, kind: Kind, references: Mapping[str, Widget]) -> Iterator[Widget]:
    # Contents that are one file, those in folders of their own; last, all of them, to which
    # references lead: the editor names a content as the first collection that has it does.
    info = kind.info
    schema = kind_schema(kind, site.vocabularies, site.geography.place)
    forms = found(ROLE.of(site.features))
    first = forms.asked(kind) if forms and kind in FORMS else ()
    common = {
        "folder": f"{site.config.contenu}/{info.folder}",
        "label": capital(info.pluriel),
        "label_singular": capital(info.nom),
        "identifier_field": "titre",
        "slug": "{{titre}}",
        "format": f"portail-{info.folder}",
    }
    beside = {
        "create": kind not in WEEKLY,
        "media_folder": "",
        "public_folder": "",
        "fields": fields(schema, references, first),
    }
    label = f"{common['label']} (avec images)"
    nested = {"path": "{{slug}}/index", "label": label}
    every = {
        "hide": True,
        "nested": {"subfolders": False, "depth": 3},
        "fields": [{"name": "titre", "label": "Titre"}],
    }
    yield {"name": info.folder, **common, **beside}
    yield {"name": f"{info.folder}{_IN_FOLDERS}", **common, **nested, **beside}
    yield {"name": _every(kind), **common, **every}


def _every(kind: Kind) -> str:
    return f"{kind.info.folder}-tous"


def _references(site: Site) -> dict[str, Widget]:
    # By search among files; in a list where some contents of a kind have none.
    references: dict[str, Widget] = {
        kind.value: {
            "widget": "relation",
            "collection": _every(kind),
            "value_field": "{{slug}}",
            "search_fields": ["titre"],
            "display_fields": ["titre"],
        }
        for kind in _kinds(site)
    }
    for kind in {item.entry.kind for item in site.items.values() if item.entry.sans_fichier}:
        options = [{"label": item.name, "value": item.entry.slug} for item in site.of_kind(kind)]
        references[kind.value] = {"widget": "select", "options": options}
    return references


def _sorts(site: Site) -> Iterator[str]:
    # What our format reads: the fields of each kind, the names of files that are not those by which
    # contents name each other.
    names: dict[str, dict[str, str]] = {}
    for item in site.items.values():
        source = item.entry.source
        name = source.parent.name if source.stem == "index" else source.stem
        if not item.entry.sans_fichier and name != item.entry.slug:
            names.setdefault(item.entry.kind.value, {})[item.entry.slug] = name
    kinds = {
        f"portail-{kind.info.folder}": dict(
            sorts(kind_schema(kind, site.vocabularies, site.geography.place))
        )
        for kind in _kinds(site)
    }
    yield json.dumps({"genres": kinds, "noms": names}, ensure_ascii=False)
