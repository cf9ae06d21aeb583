"""One table: which code is mended by which repair."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from portail.diagnostics import Diagnostic
from portail.repair import bodies, fields, headers, markup, references
from portail.repair.sheet import Edit, Sheet

__all__ = ["REPAIRS", "Repair"]

Repair = Callable[[Sheet, Diagnostic], list[Edit]]
"""Gives the edits that mend one diagnostic, all or none of which are made; none when the file
does not tell what was meant."""

REPAIRS: Mapping[str, Repair] = MappingProxyType({
    "E102": headers.hidden_sign,
    "E104": headers.unclosed,
    "E105": headers.unread_line,
    "E106": headers.double_key,
    "E107": headers.unread_line,
    "E115": headers.pelican_header,
    "C205": fields.alias_key,
    "C206": fields.alias_value,
    "E203": fields.listed,
    "E204": fields.known_key,
    "E210": fields.typed_date,
    "E211": fields.typed_hour,
    "E219": fields.web_address,
    "E238": fields.double_value,
    "E240": fields.typed_date,
    "E411": references.reference,
    "E412": references.reference,
    "E246": markup.html_in_field,
    "E311": markup.html_in_body,
    "E312": bodies.comment,
    "E313": bodies.heading_levels,
    "E314": bodies.heading_levels,
    "E316": bodies.without_scheme,
    "E319": bodies.empty_heading,
    "A327": bodies.attributes,
})  # fmt: skip
