"""The form of each kind that one may propose."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from portail.forms.event import EVENT
from portail.forms.layout import Layout
from portail.model.kinds import Kind

__all__ = ["LAYOUTS"]

LAYOUTS: Mapping[Kind, Layout] = MappingProxyType({Kind.EVENT: EVENT})
"""By kind, in the order in which they are offered."""
