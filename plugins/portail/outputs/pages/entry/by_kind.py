"""The fields of a page that its kind gives: the feature that brings a kind gives its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from portail.site.kind_tables import OfKind

if TYPE_CHECKING:
    from portail.site.site import Site

    from .inputs import EntryInputs

FieldsFunction: TypeAlias = "Callable[[EntryInputs, Site], Mapping[str, Any]]"

# Fields of the view of a page (``EntryView``) that only its kind has, or has in its own way. A row
# that gives ``faits`` gives the whole practical box.
ENTRY_FIELDS: OfKind[FieldsFunction] = OfKind("ENTRY_FIELDS")
