"""What an artifact will show, known before it is made: one digest for each."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from portail.errors import PlanError
from portail.files import digest_of
from portail.outputs.base import Artifact, CopiedFile, Derived, TemplatePage, TextFile, Tree

__all__ = ["code_digest", "derived_levels", "fingerprints"]

_TAGS = {TemplatePage: "page", TextFile: "texte", Tree: "dossier", CopiedFile: "copie"}


def fingerprints(artifacts: Mapping[str, Artifact], salt: str) -> dict[str, str]:
    """Fingerprint of each artifact, by path; what is derived comes after its sources.

    ``salt`` stands for everything that is not in the keys: templates, code, settings, gate.
    A ``Derived`` takes those of its sources too. Raises ``PlanError`` for a source that is not a
    file of the plan and for artifacts derived from one another.
    """
    base = hashlib.blake2b(digest_size=16)
    base.update(_framed((salt,)))
    found: dict[str, str] = {}
    for path, artifact in artifacts.items():
        if isinstance(artifact, Derived):
            continue
        url = path if isinstance(artifact, Tree) else artifact.url
        found[path] = _digest(base, (_TAGS[type(artifact)], url, *artifact.key))
    for level in derived_levels(artifacts):
        for derived in level:
            below = [f"{source} {found[source]}" for source in derived.sources]
            parts = ("derive", derived.url, str(len(below)), *below, *derived.key)
            found[str(derived.path)] = _digest(base, parts)
    return found


def derived_levels(artifacts: Mapping[str, Artifact]) -> list[list[Derived]]:
    """The ``Derived`` of a plan, those made from plain artifacts first, in the plan's order.

    Raises ``PlanError`` as ``fingerprints`` does.
    """
    waiting = {p: a for p, a in artifacts.items() if isinstance(a, Derived)}
    for derived in waiting.values():
        for source in derived.sources:
            known = artifacts.get(source)
            if known is None or isinstance(known, Tree):
                raise PlanError(
                    f"{derived.path} est tiré de {source}, qui n’est pas un fichier du plan"
                )
    levels: list[list[Derived]] = []
    while waiting:
        ready = [
            derived
            for derived in waiting.values()
            if not any(source in waiting for source in derived.sources)
        ]
        if not ready:
            raise PlanError(f"tirés les uns des autres : {', '.join(sorted(waiting))}")
        levels.append(ready)
        for derived in ready:
            del waiting[str(derived.path)]
    return levels


def code_digest(folders: Iterable[Path]) -> str:
    """Digest of every file of ``folders`` (relative path and bytes): of code or templates.

    The same wherever the folders are; compiled Python is left out. Raises ``OSError``.
    """
    return digest_of(
        *(
            (number, path, (folder / path).read_bytes())
            for number, folder in enumerate(folders)
            for path in sorted(_files(folder))
        )
    )


def _files(folder: Path) -> Iterable[str]:
    for root, names, files in os.walk(folder):
        names[:] = [name for name in names if name != "__pycache__"]
        for name in files:
            if not name.endswith((".pyc", ".pyo")):
                yield (Path(root) / name).relative_to(folder).as_posix()


def _framed(parts: tuple[str, ...]) -> bytes:
    """Parts with their count and lengths: no two series have the same bytes."""
    text = f"{len(parts)};" + "".join([f"{len(part)}:{part}" for part in parts])
    return text.encode("utf-8", "surrogatepass")


def _digest(base: hashlib.blake2b, parts: tuple[str, ...]) -> str:
    state = base.copy()
    state.update(_framed(parts))
    return state.hexdigest()
