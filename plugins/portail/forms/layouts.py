"""The form of each kind that one may propose."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from portail.forms.annonce import ANNONCE
from portail.forms.article import ARTICLE
from portail.forms.dossier import DOSSIER
from portail.forms.event import EVENT
from portail.forms.layout import Layout
from portail.forms.lieu import LIEU
from portail.forms.ressource import RESSOURCE
from portail.model.kinds import Kind

__all__ = ["LAYOUTS", "file_of"]

LAYOUTS: Mapping[Kind, Layout] = MappingProxyType(
    {
        Kind.EVENT: EVENT,
        Kind.ARTICLE: ARTICLE,
        Kind.ANNONCE: ANNONCE,
        Kind.RESSOURCE: RESSOURCE,
        Kind.LIEU: LIEU,
        Kind.DOSSIER: DOSSIER,
    }
)
"""By kind, in the order in which they are offered."""


def file_of(kind: Kind) -> str:
    """The file that lays out the form of a kind, from the root of the repository."""
    return f"plugins/portail/forms/{kind.name.lower()}.py"
