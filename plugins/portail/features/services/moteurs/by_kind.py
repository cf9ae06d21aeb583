"""What engines are told of a content, by its kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from portail.site.kind_tables import OfKind

if TYPE_CHECKING:
    from portail.outputs.pages.entry.inputs import EntryInputs
    from portail.site.site import Site

    from .nodes import Node

NodeFunction: TypeAlias = "Callable[[EntryInputs, Site, Node], Node]"

# Completes the JSON-LD node of a content with what it has of its kind.
JSON_LD: OfKind[NodeFunction] = OfKind("JSON_LD")
