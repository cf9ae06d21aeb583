"""The dictionary of open data: what every field says, from the models and their schemas."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.vocabulary import Vocabularies
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.opendata.catalogue import OPENAGENDA
from portail.outputs.opendata.cells import FORMES, WORDS, Column
from portail.outputs.opendata.cells import SCHEMAS as PARTS_OF
from portail.outputs.opendata.columns import COLUMNS, table_of
from portail.outputs.opendata.documents import envelope_schema, whole
from portail.outputs.opendata.output import SCHEMAS, told_fields
from portail.outputs.opendata.records import DEFAULTS, computed_schema
from portail.outputs.pages.donnees import dictionary_page, file_sets
from portail.outputs.pages.frame import title_of, words_of
from portail.outputs.pages.kit import PARTS, kit_of
from portail.outputs.pages.views import services as views
from portail.outputs.pages.views.shared import Lien
from portail.schemas.front_matter import groups_of, inside, lists_of, type_words
from portail.schemas.kind_schema import Schema
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import API, DATA, DICTIONARY, HOME, dictionary_of
from portail.text.place import filled

_ABOVE = (Lien("Accueil", HOME), Lien(title_of("donnees"), DATA))
_COMMON = frozenset(Entry.model_fields)


def plan_dictionary(site: Site) -> Iterator[TemplatePage]:
    """What all records have, then kinds with fields of their own; schemas are in the salt."""
    hint = SitemapHint()
    kinds = [kind for kind in file_sets(site) if isinstance(kind, Kind)]
    if kinds:
        yield drawn(site, DICTIONARY, "dictionnaire.html", _common, sitemap=hint)
    for url, kind in ((dictionary_page(kind), kind) for kind in kinds):
        if url != DICTIONARY:
            yield drawn(site, url, "dictionnaire.html", _of_kind, kind.value, sitemap=hint)


@answer
def _set_of(site: Site, name: str) -> views.JeuDonnees:
    """The files of a kind, but how many contents they hold: another changes no dictionary."""
    return replace(file_sets(site)[Kind(name)], nombre="")


@answer
def _pages(site: Site) -> tuple[Lien, ...]:
    """Kinds that have a page."""
    known = (one for what, one in file_sets(site).items() if isinstance(what, Kind))
    own = (one for one in known if one.dictionnaire != DICTIONARY)
    return tuple(Lien(one.titre, one.dictionnaire) for one in own)


def _common(site: Site) -> views.DictionnaireView:
    """What every record has, whatever its kind."""
    kit = kit_of(site)
    place = kit.geography.place
    written = filled(told_fields(Kind.PAGE, kit.vocabularies), place.typed)["properties"]
    shared = {key: one for key, one in written.items() if key in _COMMON}
    return views.DictionnaireView(
        **words_of(site, "dictionnaire"),
        url=DICTIONARY,
        fil=_ABOVE,
        sections=(
            _section("tete", envelope_schema("", "", {"type": "object"})),
            _section("identite", whole({**PARTS_OF["identite"], "texte": PARTS_OF["texte"]})),
            _section("commun", {"properties": shared, "required": DEFAULTS | {"titre"}}),
            _section("calcule", computed_schema(Kind.PAGE), "calcule"),
        ),
        listes=tuple(_lists(shared.values(), kit.vocabularies)),
        pages=_pages(site),
    )


def _of_kind(site: Site, name: str) -> views.DictionnaireView:
    """What the records of a kind have of their own."""
    kind, one, kit = Kind(name), _set_of(site, name), kit_of(site)
    info = kind.info
    schema = filled(told_fields(kind, kit.vocabularies), kit.geography.place.typed)
    written = schema["properties"]
    own = {key: value for key, value in written.items() if key not in _COMMON}
    every = computed_schema(Kind.PAGE)["properties"]
    computed = {
        key: value for key, value in computed_schema(kind)["properties"].items() if key not in every
    }
    points = _points_of(one, kit.vocabularies)
    asked = [key for key in written if key in schema["required"] or key in DEFAULTS]
    sections = (
        _section("propre", {"properties": own, "required": asked}, cles=", ".join(asked)),
        _section("calcule", {**computed_schema(kind), "properties": computed}, "calcule"),
        _section("points", points, "properties"),
        _section("openagenda", _announced_of(one), "events"),
        *_table_of(kind),
    )
    return views.DictionnaireView(
        **words_of(site, "dictionnaire-genre", titre=one.titre, pluriel=info.pluriel),
        url=dictionary_of(kind),
        fil=(*_ABOVE, Lien(title_of("dictionnaire"), DICTIONARY)),
        chapo=one.description,
        sections=tuple(section for section in sections if section.tables),
        listes=tuple(_lists((*own.values(), *computed.values(), points), kit.vocabularies)),
        jeu=one,
    )


def _points_of(one: views.JeuDonnees, vocabularies: Vocabularies) -> Schema:
    """The properties of the points of the map of a kind; none when it has no map."""
    for file in one.fichiers:
        if file.format == "GeoJSON":
            schema = SCHEMAS[file.url.removeprefix(API)](vocabularies)
            point: Schema = schema["properties"]["features"]["items"]["properties"]["properties"]
            return point
    return {"properties": {}}


def _announced_of(one: views.JeuDonnees) -> Schema:
    """The fields of events for OpenAgenda, each text by language as one; none without that file."""
    if not any(file.url == f"{API}{OPENAGENDA}" for file in one.fichiers):
        return {"properties": {}}
    found: dict[str, Schema] = {}
    for key, field in PARTS_OF["openagenda"].items():
        inner = field.get("properties", {})
        if [*inner] == ["fr"]:
            name = f"{key}.fr"
            found[name] = inner["fr"] | {"title": name, "description": field["description"]}
        else:
            found[key] = field
    return {"properties": found, "required": WORDS["openagenda_toujours"]}


def _table_of(kind: Kind) -> Iterator[views.SectionDictionnaire]:
    """The columns of the table of a kind, if it has one."""
    columns = COLUMNS.get(table_of(kind), ())
    national = sum(column.nationale for column in columns)
    (title, anchor, phrase), first = PARTS["dictionnaire"]["colonnes"], ""
    if national:
        first = PARTS["dictionnaire"]["nationales"].format(national)
    rows = tuple(
        views.ChampDonnees(column.nom, "", column.description, _column_words(column))
        for column in columns
    )
    if rows:
        table = views.TableChamps("", anchor, rows)
        yield views.SectionDictionnaire(title, anchor, phrase + first, (table,))


def _column_words(column: Column) -> str:
    """How a cell is written, and the key of the record that it comes from."""
    written = FORMES[column.forme].format(column.entre)
    key = column.source.removeprefix("lieu/")
    return f"{written}, d’après {key}" + (" du lieu" if key != column.source else "")


def _section(name: str, schema: Schema, path: str = "", **words: str) -> views.SectionDictionnaire:
    """Tables of the fields of ``schema``, below ``path`` in the record, and of its groups."""
    title, anchor, phrase = PARTS["dictionnaire"][name]
    fields, asked = schema["properties"], schema.get("required", ())
    tables = [views.TableChamps("", anchor, _rows(path, fields, asked))] if fields else []
    for key, one in fields.items():
        for below, group in groups_of(_below(path, key), one):
            rows = _rows(below, group["properties"], group.get("required", ()))
            tables.append(views.TableChamps(below, _anchor(below), rows))
    return views.SectionDictionnaire(title, anchor, phrase.format(**words), tuple(tables))


def _rows(
    path: str, fields: Mapping[str, Schema], required: Iterable[str]
) -> tuple[views.ChampDonnees, ...]:
    asked = frozenset(required)
    return tuple(_field(path, key, one, key in asked) for key, one in fields.items())


def _field(path: str, key: str, schema: Schema, required: bool) -> views.ChampDonnees:
    words, link = _value(_below(path, key), schema)
    examples = schema.get("examples", ())
    return views.ChampDonnees(
        key,
        "" if schema.get("title") == key else schema.get("title", ""),
        schema.get("description", ""),
        words,
        link,
        json.dumps(examples[0], ensure_ascii=False) if examples else "",
        required,
    )


def _value(path: str, schema: Schema) -> tuple[str, Lien | None]:
    """What a value is, in words, whose end may lead to a controlled list or to a table."""
    words = type_words(schema, "liste {0}").replace("`", "").removesuffix(", voir plus bas")
    # Groups have their own tables.
    lists = (one["x-vocabulaire"] for one in (schema, *inside(schema)) if "x-vocabulaire" in one)
    codes = next(lists, "")
    if codes:
        return words.removesuffix(f"liste {codes}"), Lien(f"liste {codes}", f"Liste-{codes}")
    group = next(groups_of(path, schema), None)
    if group is None:
        return words, None
    words = words.removesuffix(" de champs").removesuffix("groupe")
    return words, Lien("groupe de champs", _anchor(group[0]))


def _below(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _anchor(path: str) -> str:
    return f"Groupe-{path.replace('.', '-')}"


def _lists(fields: Iterable[Schema], vocabularies: Vocabularies) -> Iterator[views.ListeValeurs]:
    """The controlled lists that ``fields`` draw from."""
    for name in dict.fromkeys(name for one in fields for name in lists_of(one)):
        values = tuple((term.code, term.label) for term in vocabularies[name].values())
        yield views.ListeValeurs(name, f"Liste-{name}", values)
