"""What a source is asked once, and the answers that a proposal adds to ``sources.yml``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import yaml

from portail.source.yaml_text import written
from portail.text.normalise import name_key, slugify
from portail.text.suggest import sure

from ..importer.base import Base, mark
from ..importer.kinds import MEETING
from ..importer.sources.items import Loss
from ..importer.values import Question, Request


def questions_of(
    requests: Iterable[Request],
    base: Base,
    *,
    memory: Mapping[str, str],
    reason: Callable[[Request], str],
) -> Iterator[Question]:
    """What the items that the portal keeps ask of their source, most first, each with its likely
    answer: none for one that was proposed before, and that somebody took away."""
    asked = Counter[tuple[str, str]]()
    first: dict[tuple[str, str], Loss] = {}
    for request in requests:
        told = {(loss.asked, name_key(loss.value)): loss for loss in request.losses if loss.asked}
        if told and not reason(request):
            asked.update(told.keys())
            first = told | first
    for key, many in sorted(asked.items(), key=lambda row: (-row[1], row[0])):
        if key not in base.answers:
            meant = "" if mark([*key]) in memory else _likely(first[key], base)
            yield Question(key[0], first[key].value, meant, many)


def _likely(loss: Loss, base: Base) -> str:
    if loss.asked == "lieux":
        return base.likely(loss.value)
    if loss.asked == "valeurs":
        terms = base.portal.terms(MEETING, loss.name)
        return terms.get(sure(loss.value, terms), "")
    return loss.meant


def with_answers(text: str, answers: Mapping[str, Sequence[Question]]) -> str:
    """``sources.yml`` with the answers to each source, by its slug; every other sign stays."""
    root: Any = yaml.compose(text, yaml.SafeLoader)
    listed = root if isinstance(root, yaml.SequenceNode) else _fields(root)["sources"]
    edits: list[tuple[int, str]] = []
    for node in listed.value:
        rows = defaultdict[str, list[str]](list)
        for it in answers.get(slugify(_fields(node)["nom"].value), ()):
            rows[it.where].append(": ".join(written(one, flow=True) for one in (it.said, it.meant)))
        edits += (_added(node, where, told) for where, told in rows.items())
    for at, more in sorted(edits, reverse=True):
        text = text[:at] + more + text[at:]
    return text


def _fields(node: Any) -> dict[str, Any]:
    return {key.value: value for key, value in node.value}


def _added(node: Any, where: str, rows: Sequence[str]) -> tuple[int, str]:
    # At which sign of the file what is written: before the answers that a source has of this sort,
    # else under its first key.
    there = _fields(node).get(where)
    holder = there or node
    if holder.flow_style:
        told = ", ".join(rows) if there else f"{where}: {{{', '.join(rows)}}}"
        return holder.start_mark.index + 1, f"{told}, "
    second = there.start_mark if there else node.value[1][0].start_mark
    end = f"\n{' ' * second.column}"
    if there:
        return second.index, "".join(f"{row}{end}" for row in rows)
    return second.index, f"{where}:{end}  {f'{end}  '.join(rows)}{end}"
