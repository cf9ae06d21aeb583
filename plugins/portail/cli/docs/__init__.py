"""``portail docs``: the documents that follow from the models, written or compared; compared too,
the forms, which are written by hand."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from portail.cli.arguments import Parser
from portail.errors import ConfigError
from portail.files import atomic_write
from portail.resources import data_dir

__all__ = ["main", "stale"]

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
    from portail.cli.docs.pages import documents

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
    from portail.forms.coverage import faults
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
