"""The type of a value in French words, from its schema."""

from __future__ import annotations

from portail.schemas.kind_schema import Schema

__all__ = ["type_words"]

_BY_CODE = {
    "E211": "heure (`14:00`)",
    "E219": "adresse web",
    "E220": "adresse électronique",
    "E221": "numéro de téléphone",
    "E222": "code postal",
    "E226": "`true` ou `false`",
    "E240": "date, ou période `AAAA-MM-JJ..AAAA-MM-JJ`",
    "E241": "identifiant DOI ou ORCID",
    "E244": "durée : `45 min`, `2 h`, `3 jours`…",
    "E245": "chemin du site, `/…/`",
    "E249": "horaires : `Tu-Fr 10:00-12:00,14:00-18:00; PH off`",
    "E401": "référence `dossier/nom`",
    "E432": "commune ; un nom partagé prend son département : `Athies (62)`",
}

_BY_FORMAT = {
    "date": "date `AAAA-MM-JJ`",
    "date-time": "instant `AAAA-MM-JJThh:mm:ss+hh:mm`",
    "uri-reference": "adresse",
}
_LISTE = "[liste {0}](#liste-{0})"


def type_words(schema: Schema, liste: str = _LISTE) -> str:
    """What to write in a field, in Markdown: « liste de 3 au plus : au choix dans la liste
    themes »; ``liste`` is how a controlled list is written, ``{0}`` its name."""
    kind = schema.get("type")
    if kind == "array":
        limit = f" de {schema['maxItems']} au plus" if "maxItems" in schema else ""
        return f"liste{limit} : {type_words(schema['items'], liste)}"
    if kind == "object" or "anyOf" in schema:
        return _group_words(schema, liste)
    if "x-vocabulaire" in schema:
        return f"au choix dans la {liste.format(schema['x-vocabulaire'])}"
    if "x-references" in schema and schema.get("x-code") != "E401":
        return _reference_words(schema)
    if kind in ("integer", "number"):
        noun = "nombre entier" if kind == "integer" else "nombre"
        if schema.get("x-code") == "E223":
            noun = "degrés"
        if "maximum" not in schema:
            return noun
        return f"{noun} de {_figure(schema['minimum'])} à {_figure(schema['maximum'])}"
    if schema.get("x-code") == "E210":
        return "date `AAAA-MM-JJ`" + ("" if "format" in schema else ", heure facultative")
    if "maxLength" in schema and schema.get("x-code") == "E205":
        return f"texte, {schema['maxLength']} signes au plus"
    return _BY_CODE.get(schema.get("x-code", "")) or _plain_words(schema)


def _plain_words(schema: Schema) -> str:
    """The words of what no code checks: a value that is read, not written."""
    if schema.get("type") == "boolean":
        return _BY_CODE["E226"]
    if "const" in schema or "enum" in schema:
        return " ou ".join(f"`{one}`" for one in schema.get("enum", [schema.get("const")]))
    return _BY_FORMAT.get(schema.get("format", ""), "texte")


def _group_words(schema: Schema, liste: str) -> str:
    if "anyOf" in schema:
        return " ou ".join(type_words(option, liste) for option in schema["anyOf"])
    inside = schema.get("additionalProperties")
    if isinstance(inside, dict):
        value = "groupe" if "properties" in inside else type_words(inside, liste)
        return f"`nom: valeur`, plusieurs fois ; la valeur : {value}"
    return "groupe de champs, voir plus bas"


def _reference_words(schema: Schema) -> str:
    folders = " ou ".join(f"`{name}`" for name in schema["x-references"])
    named = f"nom de fichier d’un contenu de {folders}"
    return f"{named}, ou nom en toutes lettres" if "maxLength" in schema else named


def _figure(number: float) -> str:
    """A number as French writes it: thousands apart from 10 000 on, a comma before decimals."""
    whole = f"{int(number):,}" if abs(number) >= 10_000 else f"{number:.10g}"
    return whole.replace(",", "\u202f").replace(".", ",")
