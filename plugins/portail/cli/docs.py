"""``portail docs``: the documents that follow from the models, written or compared; compared too,
the forms, which are written by hand.
"""

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
from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.model.vocabulary import Vocabularies
from portail.repair.engine import REPAIRS
from portail.resources import data_dir
from portail.schemas.examples import EXAMPLES, example_page, written
from portail.schemas.fields import example_of, fields_of
from portail.schemas.front_matter import groups_of, inside, lists_of, type_words
from portail.schemas.kind_schema import Schema, kind_schema

_OWNED = ("contribuer/champs", "contribuer/exemples", "schemas")
"""Folders below ``docs/`` that hold nothing else."""


def main(argv: list[str]) -> int:
    """Write the documents, or with ``--check`` compare them, and say what forms forgot; returns 0,
    or 1 when there is a difference."""
    parser = Parser("docs", "Écrit les tables de champs, les schémas JSON et les exemples.")
    parser.add("--check", action="store_true", help="compare sans écrire ; 1 si l’un diffère")
    parser.add("--dossier", default="docs", metavar="DOSSIER", help="où écrire (docs)")
    options = parser.parse_args(argv)
    folder = Path(options.dossier)
    # Imported here: the help needs none of the models.

    found = documents(data_dir())
    wrong = stale(folder, found)
    if options.check:
        forgotten = [*_forgotten()]
        sys.stderr.write("".join(f"{one}\n" for one in forgotten))
        return _told(folder, wrong) or int(bool(forgotten))
    try:
        for name in wrong:
            if name in found:
                atomic_write(folder / name, found[name].encode(), durable=False)
            else:
                (folder / name).unlink()
    except OSError as error:
        raise ConfigError(f"« {folder} » ne peut pas être écrit : {error.strerror}.") from error
    changed = "1 document change" if len(wrong) == 1 else f"{len(wrong)} documents changent"
    sys.stdout.write(f"{len(found)} documents sous {folder}/ ; {changed}.\n")
    return 0


def stale(folder: Path, found: dict[str, str]) -> list[str]:
    """Names of the documents of ``folder`` that are absent, differ from ``found`` or should go."""
    wrong = [name for name, text in found.items() if _read(folder / name) != text.encode()]
    written = {
        path.relative_to(folder).as_posix()
        for owned in _OWNED
        for path in (folder / owned).rglob("*")
        if path.is_file()
    }
    return sorted({*wrong, *(written - found.keys())})


def _forgotten() -> Iterator[str]:
    """What the forms forgot of the fields of their kinds."""
    from portail.forms.drawn import faults
    from portail.forms.layout import FORMS, file_of, layout_of
    from portail.model.vocabulary import Vocabularies
    from portail.schemas.kind_schema import kind_schema

    vocabularies = Vocabularies.load(data_dir())
    for kind in FORMS:
        yield from faults(layout_of(kind), kind_schema(kind, vocabularies), file_of(kind))


def _told(folder: Path, wrong: list[str]) -> int:
    if not wrong:
        return 0
    names = "".join(f"  {folder / name}\n" for name in wrong)
    sys.stderr.write(f"Ces documents ne suivent plus les modèles :\n{names}→ portail docs\n")
    return 1


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


# The page of the fields of one kind, drawn from its schema: tables in French.

_HEAD = (
    "| clé | ce que c’est | ce qu’on écrit | exemple | codes |",
    "|---|---|---|---|---|",
)
_CODES = "../../codes"


def fields_page(kind: Kind, schema: Schema, vocabularies: Vocabularies) -> str:
    """The Markdown page of ``kind``, whose schema is ``schema``."""
    return "\n".join([*_head(kind, schema), *_tables(kind, schema), *_lists(schema, vocabularies)])


def _head(kind: Kind, schema: Schema) -> Iterator[str]:
    info = kind.info
    yield f"# Champs d’{info.un}"
    yield ""
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
    own = {key: one for key, one in schema["properties"].items() if key not in common}
    shared = {key: one for key, one in schema["properties"].items() if key in common}
    required = set(schema["required"])
    if own:
        yield from (f"## Ce qui est propre aux {kind.info.pluriel}", "")
        yield from _table(own, examples, required)
    yield from ("## Ce qui est commun à tous les contenus", "")
    yield from _table(shared, examples, required)
    groups = [found for key, one in schema["properties"].items() for found in groups_of(key, one)]
    if groups:
        yield from ("## Groupes de champs", "")
    for path, group in groups:
        yield from (f"### `{path}`", "")
        examples = {key: _first(one) for key, one in group["properties"].items()}
        yield from _table(group["properties"], examples, set(group.get("required", ())))


def _table(
    fields: Mapping[str, Schema], examples: Mapping[str, Any], required: set[str]
) -> Iterator[str]:
    yield from _HEAD
    for key, one in fields.items():
        example = examples.get(key)
        shown = "" if example is None else f"`{_cell(written(example))}`"
        what = f"**{one['title']}.** {one['description']}"
        if key in required:
            what += " *Obligatoire.*"
        codes = " ".join(_code(code) for code in _codes(one))
        yield f"| `{key}` | {_cell(what)} | {_cell(type_words(one))} | {shown} | {codes} |"
    yield ""


def _first(schema: Schema) -> Any:
    """The example of a field inside a group, as a file writes it."""
    example = next(iter(schema.get("examples", ())), None)
    return _text(example) if example is not None else None


def _text(example: Any) -> Any:
    """The text of an example that JSON has typed."""
    if isinstance(example, bool):
        return "true" if example else "false"
    if isinstance(example, list):
        return [_text(one) for one in example]
    if isinstance(example, dict):
        return {key: _text(one) for key, one in example.items()}
    return str(example).replace(".", ",") if isinstance(example, float) else str(example)


def _codes(schema: Schema) -> list[str]:
    """Codes that a value of the field may raise, those of its groups left to their own table."""
    found = {one["code"] for one in schema.get("x-erreurs", {}).values()}
    for held in inside(schema)[:1]:
        found |= {one["code"] for one in held.get("x-erreurs", {}).values()}
    # Said once at the head of the page, or by the column of types.
    return sorted(found - {"E202", "E204", "E206"})


def _lists(schema: Schema, vocabularies: Vocabularies) -> Iterator[str]:
    """The controlled lists that the fields of the page draw from."""
    names = list(dict.fromkeys(lists_of(schema)))
    if not names:
        return
    yield from ("## Listes de valeurs", "")
    yield "Les synonymes courants sont compris aussi. Une instance peut étendre ces listes."
    yield ""
    for name in names:
        yield from (f"### Liste {name}", "", "| valeur | affichée |", "|---|---|")
        for term in vocabularies[name].values():
            yield f"| `{term.code}` | {_cell(term.label)} |"
        yield ""


def _code(code: str) -> str:
    return f"[{code}]({_CODES}/{code}.md)"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


# All the documents that the models and the table of codes give.

_SEVERITIES = {"E": "erreur", "A": "avertissement", "C": "conseil"}
_BY_COMMAND = "*Page écrite par `portail docs` : c’est le modèle qu’il faut modifier, pas elle.*"


def documents(data: Path) -> dict[str, str]:
    """Text of every document, by its path below ``docs/``; ``data`` holds the controlled lists.

    The same models and lists give the same bytes. Raises ``DataError`` for a broken list.
    """
    vocabularies = Vocabularies.load(data)
    found = {"codes/README.md": _codes_index(), "contribuer/champs/README.md": _fields_index()}
    for kind in Kind:
        schema = kind_schema(kind, vocabularies)
        text = json.dumps(schema, ensure_ascii=False, indent=1)
        found[f"schemas/{kind.value}.schema.json"] = f"{text}\n"
        page = fields_page(kind, schema, vocabularies)
        found[f"contribuer/champs/{kind.value}.md"] = f"{page}\n{_BY_COMMAND}\n"
        found[f"contribuer/exemples/{kind.value}.md"] = example_page(kind)
    return dict(sorted(found.items()))


def _codes_index() -> str:
    return "\n".join([*_codes_rows(), _BY_COMMAND, ""])


def _codes_rows() -> Iterator[str]:
    yield "# Ce que disent les messages"
    yield ""
    yield "Chaque message porte un code, et chaque code a sa page : ce qui ne va pas, ce qu’il faut"
    yield "écrire, et pourquoi. La lettre donne la gravité : **E** erreur (rien n’est publié tant"
    yield "qu’elle est là), **A** avertissement, **C** conseil. Au terminal :"
    yield "`portail check --expliquer E213`. « oui » : `portail check --corriger` sait l’écrire à"
    yield "votre place, quand le fichier dit assez ce qui était voulu."
    yield ""
    ordered = sorted(all_codes(), key=lambda code: (code[1], "EAC".index(code[0]), code))
    for family, codes in groupby(ordered, key=lambda code: code[1]):
        yield from (
            f"## {FAMILIES[family][1]}",
            "",
            "| code | gravité | message | corrigé |",
            "|---|---|---|---|",
        )
        for code in codes:
            title = all_codes()[code].titre.replace("|", "\\|")
            mended = "oui" if code in REPAIRS else ""
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
        slug = EXAMPLES[kind].slug
        rows.append(
            f"| `content/{folder}/` | {name} | [champs]({folder}.md) "
            f"| [{slug}](../exemples/{folder}.md) | [schéma](../../schemas/{folder}.schema.json) |"
        )
    return "\n".join([*rows, "", _BY_COMMAND, ""])
