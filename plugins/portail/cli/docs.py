"""``portail docs``: the documents that follow from the models, written, or compared with forms."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from portail.cli.arguments import Parser
from portail.codes import FAMILIES, all_codes
from portail.diagnostics import ConfigError
from portail.files import atomic_write
from portail.forms import layout
from portail.forms.drawn import faults
from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.model.vocabulary import Vocabularies
from portail.repair.engine import REPAIRS
from portail.resources import data_dir
from portail.schemas.examples import example_page, examples, written
from portail.schemas.fields import example_of, fields_of
from portail.schemas.front_matter import groups_of, inside, lists_of, type_words
from portail.schemas.kind_schema import Schema, kind_schema

_OWNED = ("contribuer/champs", "contribuer/exemples", "schemas")
"""Folders below ``docs/`` that hold nothing else."""


def main(argv: list[str]) -> int:
    """Write the documents, or compare them and the forms; returns 1 when something differs."""
    parser = Parser("docs", "Écrit les tables de champs, les schémas JSON et les exemples.")
    parser.add("--check", action="store_true", help="compare sans écrire ; 1 si l’un diffère")
    parser.add("--dossier", default="docs", metavar="DOSSIER", help="où écrire (docs)")
    options = parser.parse_args(argv)
    folder = Path(options.dossier)
    vocabularies = Vocabularies.load(data_dir())
    pages = documents(vocabularies)
    wrong = _stale(folder, pages)
    if options.check:
        forgotten = [
            f"{fault}\n"
            for kind in layout.FORMS
            for fault in faults(
                layout.layout_of(kind), kind_schema(kind, vocabularies), layout.file_of(kind)
            )
        ]
        names = "".join(f"  {folder / name}\n" for name in wrong)
        head = "Ces documents ne suivent plus les modèles :\n"
        differing = [f"{head}{names}→ portail docs\n"] if wrong else []
        sys.stderr.write("".join([*forgotten, *differing]))
        return int(bool(forgotten or wrong))
    try:
        for name in wrong:
            if name in pages:
                atomic_write(folder / name, pages[name].encode(), durable=False)
            else:
                (folder / name).unlink()
    except OSError as error:
        raise ConfigError(f"« {folder} » ne peut pas être écrit : {error.strerror}.") from error
    changed = "1 document change" if len(wrong) == 1 else f"{len(wrong)} documents changent"
    sys.stdout.write(f"{len(pages)} documents sous {folder}/ ; {changed}.\n")
    return 0


def _stale(folder: Path, pages: dict[str, str]) -> list[str]:
    """Names of the documents of ``folder`` that are absent, differ from ``pages`` or should go."""
    wrong = [
        name
        for name, text in pages.items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != text.encode()
    ]
    written = {
        path.relative_to(folder).as_posix()
        for owned in _OWNED
        for path in (folder / owned).rglob("*")
        if path.is_file()
    }
    return sorted({*wrong, *(written - pages.keys())})


# The page of the fields of one kind, drawn from its schema: tables in French.

_HEAD = (
    "| clé | ce que c’est | ce qu’on écrit | exemple | codes |",
    "|---|---|---|---|---|",
)


def _head(kind: Kind, schema: Schema) -> Iterator[str]:
    info = kind.info
    yield from (f"# Champs d’{info.un}", "")
    page = info.url("NOM")
    yield f"Fichier : `content/{info.folder}/NOM.md`, publié à l’adresse `{page}`."
    example = f"[exemple](../exemples/{kind.value}.md)"
    yield f"Modèle à compléter : `portail new {info.nom}`, ou l’{example}."
    yield f"Pour les logiciels : le [schéma JSON](../../schemas/{kind.value}.schema.json)."
    yield ""
    names = ", ".join(f"`{name}`" for name in schema["required"])
    yield f"**Obligatoires** : {names}."
    for choice in schema.get("allOf", ()):
        options = " ou ".join(f"`{one['required'][0]}`" for one in choice["anyOf"])
        code = choice["x-erreurs"]["anyOf"]["code"]
        yield f"**Un au moins** : {options} ({_code(code)})."
    yield ""
    yield f"Toute clé absente de ces tables est une erreur ({_code('E204')}) ; une valeur vide"
    yield f"aussi ({_code('E206')}). Le nom du fichier donne l’adresse de la page : elle ne s’écrit"
    yield "pas dans l’en-tête."
    yield ""


def _tables(kind: Kind, schema: Schema) -> Iterator[str]:
    model = MODELS[kind]
    examples = {name: example_of(name, info) for name, info in fields_of(model)}
    common = set(Entry.model_fields)
    own = {key: field for key, field in schema["properties"].items() if key not in common}
    shared = {key: field for key, field in schema["properties"].items() if key in common}
    required = set(schema["required"])
    if own:
        yield from (f"## Ce qui est propre aux {kind.info.pluriel}", "")
        yield from _table(own, examples, required)
    yield from ("## Ce qui est commun à tous les contenus", "")
    yield from _table(shared, examples, required)
    groups = [it for key, field in schema["properties"].items() for it in groups_of(key, field)]
    if groups:
        yield from ("## Groupes de champs", "")
    for path, group in groups:
        yield from (f"### `{path}`", "")
        inner = {key: field.get("examples", ()) for key, field in group["properties"].items()}
        examples = {key: _text(given[0]) for key, given in inner.items() if given}
        yield from _table(group["properties"], examples, set(group.get("required", ())))


def _table(
    fields: Mapping[str, Schema], examples: Mapping[str, Any], required: set[str]
) -> Iterator[str]:
    yield from _HEAD
    for key, field in fields.items():
        example = examples.get(key)
        shown = "" if example is None else f"`{_cell(written(example))}`"
        what = (
            f"**{field['title']}.** {field['description']}{' *Obligatoire.*' * (key in required)}"
        )
        codes = " ".join(_code(code) for code in _codes(field))
        yield f"| `{key}` | {_cell(what)} | {_cell(type_words(field))} | {shown} | {codes} |"
    yield ""


def _text(example: Any) -> Any:
    """The text of an example that JSON has typed."""
    if isinstance(example, bool):
        return "true" if example else "false"
    if isinstance(example, list):
        return [_text(item) for item in example]
    if isinstance(example, dict):
        return {key: _text(value) for key, value in example.items()}
    return str(example).replace(".", ",") if isinstance(example, float) else str(example)


def _codes(field: Schema) -> list[str]:
    """Codes that a value of the field may raise, those of its groups left to their own table."""
    faulty = [field, *inside(field)[:1]]
    codes = {it["code"] for schema in faulty for it in schema.get("x-erreurs", {}).values()}
    # These are at the head of the page, or in the column of types.
    return sorted(codes - {"E202", "E204", "E206"})


def _lists(schema: Schema, vocabularies: Vocabularies) -> Iterator[str]:
    """The controlled lists that the fields of the page draw from."""
    names = list(dict.fromkeys(lists_of(schema)))
    if not names:
        return
    more = "Les synonymes courants sont compris aussi. Une instance peut étendre ces listes."
    yield from ("## Listes de valeurs", "", more, "")
    for name in names:
        yield from (f"### Liste {name}", "", "| valeur | affichée |", "|---|---|")
        for term in vocabularies[name].values():
            yield f"| `{term.code}` | {_cell(term.label)} |"
        yield ""


def _code(code: str) -> str:
    return f"[{code}](../../codes/{code}.md)"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


# All the documents that the models and the table of codes give.

_SEVERITIES = {"E": "erreur", "A": "avertissement", "C": "conseil"}
_BY_COMMAND = "*Page écrite par `portail docs` : c’est le modèle qu’il faut modifier, pas elle.*"


def documents(vocabularies: Vocabularies) -> dict[str, str]:
    """Text of every document, by its path below ``docs/``."""
    codes = "\n".join([*_codes_rows(), _BY_COMMAND, ""])
    pages = {"codes/README.md": codes, "contribuer/champs/README.md": _fields_index()}
    for kind in Kind:
        schema = kind_schema(kind, vocabularies)
        text = json.dumps(schema, ensure_ascii=False, indent=1)
        pages[f"schemas/{kind.value}.schema.json"] = f"{text}\n"
        rows = [*_head(kind, schema), *_tables(kind, schema), *_lists(schema, vocabularies)]
        pages[f"contribuer/champs/{kind.value}.md"] = "\n".join([*rows, _BY_COMMAND, ""])
        pages[f"contribuer/exemples/{kind.value}.md"] = example_page(kind)
    return dict(sorted(pages.items()))


def _codes_rows() -> Iterator[str]:
    yield from ("# Ce que disent les messages", "")
    yield "Chaque message porte un code, et chaque code a sa page : ce qui ne va pas, ce qu’il faut"
    yield "écrire, et pourquoi. La lettre donne la gravité : **E** erreur (rien n’est publié tant"
    yield "qu’elle est là), **A** avertissement, **C** conseil. Au terminal :"
    yield "`portail check --expliquer E213`. « oui » : `portail check --corriger` sait l’écrire à"
    yield "votre place, quand le fichier dit assez ce qui était voulu."
    yield ""
    ordered = sorted(all_codes(), key=lambda code: (code[1], "EAC".index(code[0]), code))
    for family, codes in groupby(ordered, key=lambda code: code[1]):
        yield from (f"## {FAMILIES[family][1]}", "")
        yield from ("| code | gravité | message | corrigé |", "|---|---|---|---|")
        for code in codes:
            title, mended = _cell(all_codes()[code].titre), "oui" if code in REPAIRS else ""
            yield f"| [{code}]({code}.md) | {_SEVERITIES[code[0]]} | {title} | {mended} |"
        yield ""


def _fields_index() -> str:
    rows = [
        "# Champs de chaque contenu",
        "",
        "| dossier | contenu | champs | exemple | schéma |",
        "|---|---|---|---|---|",
    ]
    for kind in Kind:
        name, folder = kind.info.nom, kind.value
        slug = examples()[kind].nom
        rows.append(
            f"| `content/{folder}/` | {name} | [champs]({folder}.md) "
            f"| [{slug}](../exemples/{folder}.md) | [schéma](../../schemas/{folder}.schema.json) |"
        )
    return "\n".join([*rows, "", _BY_COMMAND, ""])
