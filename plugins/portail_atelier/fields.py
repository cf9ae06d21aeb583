"""The fields of a kind as the editor shows them (https://sveltiacms.app/en/docs/fields), from the
JSON Schema of its front matter; those that it has no word for are left to the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from portail.features.services.schemas.kind_schema import Schema
from portail.text.typography import capital

Widget = dict[str, Any]
# Texts of more signs are written on several lines.
_ONE_LINE = 250
# The bounds of a schema by the words of the editor, which has them for these widgets alone.
_BOUNDS = {
    **{name: {"maxLength": "maxlength"} for name in ("string", "text")},
    **{name: {"maxItems": "max"} for name in ("list", "select", "relation")},
    "number": {"minimum": "min", "maximum": "max"},
}
_MARKS = str.maketrans({sign: f"\\{sign}" for sign in "*_[]~"})


def fields(
    schema: Schema, references: Mapping[str, Widget], first: Iterable[str] = ()
) -> list[Widget]:
    """The fields of a kind, those that its form asks ``first``, and its text. ``references`` are
    what shows a name of a content, by its folder."""
    found = {field["name"]: field for field in _fields(schema, references)}
    found["corps"] = {
        "name": "body",
        "label": "Texte",
        "widget": "markdown",
        "modes": ["raw", "rich_text"],
        "required": bool(schema.get("x-texte")),
    }
    if "publie_le" in found:
        found["publie_le"] |= {"required": False}  # a new file has the day when it is written
    order = dict.fromkeys((*first, *schema["properties"], "corps"))
    return [found[name] for name in order if name in found]


def sorts(schema: Schema, above: str = "") -> Iterator[tuple[str, str]]:
    """Paths of these fields in the order of the model, with what a file writes there otherwise than
    the editor: ``liste`` where one word may stand for a list, the folder to which names lead."""
    for name, field in schema["properties"].items():
        if _widget(name, field, {}):
            items = field.get("items", field)
            folder = items["x-references"][0] if _of_one_folder(items) else ""
            yield f"{above}{name}", f"{'liste ' * ('items' in field)}{folder}".strip()
            if "properties" in items:
                yield from sorts(items, f"{above}{name}.")


def _fields(schema: Schema, references: Mapping[str, Widget]) -> Iterator[Widget]:
    for name, field in schema["properties"].items():
        if shown := _widget(name, field, references):
            label = field.get("title") or capital(name.replace("_", " "))
            required = name in schema.get("required", ())
            yield {"name": name, "label": label, **shown, "required": required, **_hint(field)}


def _hint(field: Schema) -> Widget:
    # Help and example in one line, in which the editor reads a little Markdown.
    said = field.get("description") or ""
    example = next(iter(field.get("examples", ())), None)
    if type(example) in (str, int, float) and "enum" not in field:
        said = f"{said} Exemple : {example}".strip()
    return {"hint": said.translate(_MARKS)} if said else {}


def _widget(name: str, field: Schema, references: Mapping[str, Widget]) -> Widget:
    # Nothing for rows that are a word or a group, for groups under free names.
    kind = field.get("type")
    if kind == "object" and "properties" in field:
        return {"widget": "object", "collapsed": "auto", "fields": [*_fields(field, references)]}
    if kind == "object" and field["additionalProperties"].get("type") == "string":
        return {"widget": "keyvalue", "key_label": "Nom", "value_label": "Valeur"}
    if kind == "array" and "anyOf" not in field["items"]:
        return _bounded(_several(field, references), field)
    if kind in (None, "array", "object"):
        return {}
    return _bounded(_one(name, field, references), field)


def _one(name: str, field: Schema, references: Mapping[str, Widget]) -> Widget:
    if field["type"] == "boolean":
        # A box would write « false » wherever nothing is said.
        field = {**field, "enum": ("true", "false"), "x-libelles": ("Oui", "Non")}
    if "enum" in field:
        codes, labels = field["enum"], field.get("x-libelles") or field["enum"]
        options = [
            {"label": capital(str(label)), "value": str(code)}
            for code, label in zip(codes, labels, strict=True)
        ]
        return {"widget": "select", "options": options}
    if field["type"] == "integer":
        return {"widget": "number", "value_type": "int"}
    if _of_one_folder(field) and (reference := references.get(field["x-references"][0])):
        return dict(reference)
    if name == "fichier":
        return {"widget": "image"}
    return {"widget": "text" if field.get("maxLength", 0) > _ONE_LINE else "string"}


def _several(field: Schema, references: Mapping[str, Widget]) -> Widget:
    items = field["items"]
    if "properties" in items:
        inside = [*_fields(items, references)]
        summary = f"{{{{{inside[0]['name']}}}}}"
        return {"widget": "list", "collapsed": "auto", "summary": summary, "fields": inside}
    one = _one("", items, references)
    if one["widget"] in ("select", "relation"):
        return one | {"multiple": True}
    return {"widget": "list", "field": {"name": "valeur", "label": "Valeur", **one}}


def _of_one_folder(field: Schema) -> bool:
    # The editor's references lead to one collection; some of ours may be a name in full.
    return len(field.get("x-references", ())) == 1 and "maxLength" not in field


def _bounded(shown: Widget, field: Schema) -> Widget:
    words = _BOUNDS.get(shown["widget"], {})
    shown |= {word: field[name] for name, word in words.items() if name in field}
    if "pattern" in field:
        said = field["x-erreurs"]["pattern"]["remede"]
        example = f"Par exemple : {next(iter(field.get('examples', ())), '')}"
        shown["pattern"] = [field["pattern"], example if "{" in said else said]
    return shown
