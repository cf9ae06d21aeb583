"""All the documents that the models and the table of codes give."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from portail.cli.docs.fields_page import fields_page
from portail.codes import FAMILIES, all_codes
from portail.model.kinds import Kind
from portail.model.vocabulary import Vocabularies
from portail.repair.table import REPAIRS
from portail.schemas.examples import EXAMPLES, example_page
from portail.schemas.kind_schema import kind_schema

__all__ = ["documents"]

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
