"""What pages tell machines, from the inputs of each."""

from __future__ import annotations

from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import Kit
from portail.outputs.pages.views import Machine

__all__ = ["entry_machine"]


def entry_machine(inputs: EntryInputs, kit: Kit) -> Machine | None:
    """Open Graph and JSON-LD of the page of one content."""
    return None
