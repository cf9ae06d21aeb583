"""Whether a form has thought of every field of its kind: it asks it, or says why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portail.forms.drawn import row_of
from portail.forms.layout import Field, Fold, Layout, Rows
from portail.model.parts import HANDICAPS

__all__ = ["asked", "faults", "leaves"]

Schema = dict[str, Any]
_WHOLE = {
    "seance": ("debut", "fin"),
    "acces": HANDICAPS,
}
"""Controls that say several fields of a group."""


def faults(layout: Layout, schema: Schema, file: str) -> Iterator[str]:
    """What the form of ``file`` forgot of the front matter that ``schema`` describes, and what it
    has kept of a field that is no more, each with what to write."""
    known, found = set(leaves(schema)), set(asked(layout))
    for path in sorted(known - found - layout.ecartes.keys()):
        yield (
            f"Le champ « {path} » n’est ni demandé par le formulaire, ni écarté.\n"
            f"→ {file} : ajoutez « - {{chemin: {path}, saisie: …}} » à l’une de ses parties, "
            f"ou « {path}: pourquoi il n’est pas demandé » à ses « ecartes »."
        )
    for path in sorted((found | layout.ecartes.keys()) - known):
        yield f"Le champ « {path} » n’existe plus.\n→ {file} : retirez-le."
    for path in sorted(found & layout.ecartes.keys()):
        yield f"Le champ « {path} » est demandé et écarté.\n→ {file} : retirez-le de l’un des deux."


def leaves(schema: Schema, path: str = "") -> Iterator[str]:
    """Paths of the values that a file may write: ``tarif.prix``, ``seances.debut``."""
    group = row_of(schema["items"]) if "items" in schema else schema
    if "properties" not in group:
        yield path
        return
    for name, one in group["properties"].items():
        yield from leaves(one, f"{path}.{name}" if path else name)


def asked(layout: Layout) -> Iterator[str]:
    """Paths that the controls of a form say."""
    for part in layout.parties:
        for one in part.contenu:
            for each in one.contenu if isinstance(one, Fold) else (one,):
                if isinstance(each, Rows):
                    for field in (*each.contenu, *each.plus):
                        yield from _said(field, each.chemin)
                elif isinstance(each, Field):
                    yield from _said(each)


def _said(field: Field, row: str = "") -> Iterator[str]:
    path = ".".join(filter(None, (row, field.chemin)))
    inside = _WHOLE.get(field.saisie)
    yield from (f"{path}.{key}" for key in inside) if inside else (path,)
