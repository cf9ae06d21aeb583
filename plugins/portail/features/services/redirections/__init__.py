"""Addresses that lead elsewhere: a page for each, and their list for servers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from portail.feature import Around, Feature, Output, Source
from portail.late import late
from portail.settings import read_record

if TYPE_CHECKING:
    from portail.diagnostics import Diagnostic

with late(__name__):
    from . import output


def _load(around: Around) -> tuple[str, Iterable[Diagnostic]]:
    record = read_record(around.folder)
    return record.depuis if record else "", ()


feature = Feature(
    name="redirections",
    title="Redirections",
    reads=(Source("origine", _load),),
    outputs=(Output("redirects", output.plan_redirects),),
)
