"""What an editor needs of a file: its keys with their help, the values of its lists.

It refuses nothing: ``portail check`` says what is wrong, in French, with what to write. So it need
know neither every way to write a value, nor the rules between fields.
"""

from __future__ import annotations

from portail.features.services.schemas.front_matter import type_words
from portail.features.services.schemas.kind_schema import Schema

_KEPT = ("$schema", "$id", "title", "description", "default", "examples")
# What stands beside what is suggested: anything.
_ANYTHING: Schema = {}


def editor_schema(canonical: Schema) -> Schema:
    """The schema (JSON Schema, draft 2020-12) for editors of what ``canonical`` judges: a front
    matter, a table or a field of it."""
    schema = {name: canonical[name] for name in _KEPT if name in canonical}
    if words := type_words(canonical):
        told = schema.get("description", "")
        schema["markdownDescription"] = f"{told}\n\nÀ écrire : {words}."
    if "properties" in canonical:
        fields = canonical["properties"].items()
        schema["properties"] = {name: editor_schema(field) for name, field in fields}
    elif "items" in canonical:
        item = editor_schema(canonical["items"])
        schema["anyOf"] = [{"type": "array", "items": item}, item]
    elif "anyOf" in canonical:
        schema["anyOf"] = [*map(editor_schema, canonical["anyOf"])]
    elif "enum" in canonical:
        listed = {"enum": canonical["enum"], "enumDescriptions": canonical.get("x-libelles", [])}
        schema["anyOf"] = [listed, _ANYTHING]
    return schema
