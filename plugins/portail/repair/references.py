"""Repairs of what names another content: its title instead of its identifier."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.model.entry import Entry
from portail.model.registry import Mention, references_of
from portail.repair.fields import written_over
from portail.repair.sheet import Edit, Sheet
from portail.text.slugs import slugify

__all__ = ["reference", "titled"]


def titled(sheet: Sheet, entry: Entry | None) -> Iterator[Diagnostic]:
    """What ``check`` tells of the fields that write the title of a content of ``sheet.refs``: it
    knows all the contents, one file does not."""
    if entry is None or sheet.root is None:
        return
    for mention in references_of(entry):
        if _slug(sheet, mention):
            place = sheet.root.at(mention.loc).position(sheet.file.path)
            said: dict[str, Any] = {"cle": mention.loc[0], "dossier": "", "remede": ""}
            yield diagnostic(mention.reference.code, place, valeur=mention.value, **said)


def reference(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """The identifier of a content instead of its title (E411, E412)."""
    found = sheet.value_at(item)
    if found is None or not isinstance(found.node.value, str):
        return []
    return [written_over(sheet, found, slugify(found.node.value))]


def _slug(sheet: Sheet, mention: Mention) -> str:
    """The identifier of the content that ``mention`` names by its title, or nothing."""
    slug = slugify(mention.value)
    wanted = slug != mention.value and not mention.reference.or_name and "/" not in mention.value
    known = any(f"{folder}/{slug}" in sheet.refs for folder in mention.folders)
    return slug if wanted and known else ""
