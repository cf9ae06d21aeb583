"""Keep the promise of ``/api/v1/``: what a file says today, it will say tomorrow.

Usage: ``api_v1.py [--check]``, from the root of the project. The shape of every file (its keys,
their types, which are always there, the codes of controlled lists) follows from its JSON Schema
and is kept in ``tests/features/channels/donnees/api-v1.json``. A key, a code or a column may be
added: the command then writes the new shape, to be committed. One that is removed, retyped or no
longer always there breaks whoever reads the files: the command says which and writes nothing.
Exit codes: 0, 1 (a broken promise, or with ``--check`` an addition that is not written down).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "plugins"))

from portail.features.channels.donnees.columns import COLUMNS  # noqa: E402
from portail.features.channels.donnees.output import SCHEMAS  # noqa: E402
from portail.model.vocabulary import Vocabularies  # noqa: E402
from portail.resources import data_dir  # noqa: E402

GOLDEN = ROOT / "tests/features/channels/donnees/api-v1.json"

Shape: TypeAlias = dict[str, dict[str, Any]]
"""By file: each path of keys (``donnees[].titre``) and its type, « ? » after it when it may be
absent; ``codes``: those of each controlled list, by its name."""


def main(arguments: list[str]) -> int:
    """Compare the shape of today with the one that is kept; write what was added."""
    golden = json.loads(GOLDEN.read_text(encoding="utf-8")) if GOLDEN.exists() else {}
    today = shape(Vocabularies.load(data_dir()))
    wrong = list(breaks(golden, today))
    if wrong:
        sys.stderr.write("v1 promises otherwise (docs/technique/opendata.md):\n")
        sys.stderr.writelines(f"  {line}\n" for line in wrong)
        return 1
    if golden == today:
        return 0
    if "--check" in arguments:
        sys.stderr.write("The shape of /api/v1/ has grown: run outils/api_v1.py and commit.\n")
        return 1
    text = json.dumps(today, ensure_ascii=False, indent=1)
    GOLDEN.write_text(f"{text}\n", encoding="utf-8")
    sys.stdout.write(f"{GOLDEN.relative_to(ROOT)} has grown.\n")
    return 0


def shape(vocabularies: Vocabularies) -> Shape:
    """The shape of every file, from its schema; of a table, the rank and form of each column."""
    shapes: Shape = {"codes": {}}
    for nom, make in sorted(SCHEMAS.items()):
        schema = make(vocabularies)
        shapes[nom] = dict(sorted(_paths(schema)))
        shapes["codes"] |= dict(_codes(schema))
    for nom, columns in COLUMNS.items():
        shapes[nom] = {
            column.nom: f"{rank} {column.forme}" for rank, column in enumerate(columns, start=1)
        }
    shapes["codes"] = dict(sorted(shapes["codes"].items()))
    return shapes


def breaks(golden: Shape, today: Shape) -> Iterator[str]:
    """Everything of ``kept`` that ``today`` no longer holds, one sentence each."""
    for nom, rows in golden.items():
        if nom not in today:
            yield f"{nom} is no longer described"
            continue
        for path, was in rows.items():
            now = today[nom].get(path)
            if now is None:
                yield f"{nom}: {path} is gone"
            elif isinstance(was, list):
                yield from (f"code {path}: {code} is gone" for code in was if code not in now)
            elif now != was and now != was.removesuffix("?"):
                yield f"{nom}: {path} was {was}, and is {now}"


def _paths(
    schema: Mapping[str, Any], path: str = "", absent: str = ""
) -> Iterator[tuple[str, str]]:
    """Each path below a schema, and its type."""
    if path:
        yield path, _type(schema) + absent
    needed = schema.get("required", ())
    for name, value in schema.get("properties", {}).items():
        below = f"{path}.{name}" if path else name
        yield from _paths(value, below, "" if name in needed else "?")
    if isinstance(schema.get("items"), Mapping):
        yield from _paths(schema["items"], f"{path}[]")
    if isinstance(schema.get("additionalProperties"), Mapping):
        yield from _paths(schema["additionalProperties"], f"{path}.*", "?")


def _type(schema: Mapping[str, Any]) -> str:
    """The JSON types that a schema accepts, apart by bars."""
    options = schema.get("anyOf") or schema.get("oneOf")
    if options:
        return "|".join(sorted({_type(option) for option in options}))
    kind = schema["type"]
    return kind if isinstance(kind, str) else "|".join(sorted(kind))


def _codes(schema: Any) -> Iterator[tuple[str, list[str]]]:
    """Controlled lists that a schema names, and their codes."""
    if isinstance(schema, Mapping):
        name = schema.get("x-vocabulaire")
        if isinstance(name, str):
            yield name, sorted(schema["enum"])
        for value in schema.values():
            yield from _codes(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
