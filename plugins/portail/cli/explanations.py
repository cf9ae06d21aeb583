"""The page of a diagnostic code: its sentences, what else holds, an example and its mend, why."""

from __future__ import annotations

import re

from msgspec import Struct

from portail.codes import all_codes
from portail.text.normalise import words_in

_FIELD = re.compile(r"([»\w])?\{\w+\}")
_MARK = re.compile(r"[\\`*\[\]$^]|(?<=\])\(")


class Explanation(Struct, frozen=True):
    """What the page says beyond message and hint (``data/explications.yml``), in Markdown."""

    regle: str = ""
    exemple: str = ""
    """Lines that are wrong (« - »), right (« + ») or around them, after their sign."""
    pourquoi: str = ""

    @property
    def wrong(self) -> str:
        return self._without("+")

    @property
    def right(self) -> str:
        return self._without("-")

    def _without(self, sign: str) -> str:
        return "\n".join(row[1:] for row in self.exemple.splitlines() if row[:1] != sign)


def explanation(code: str) -> Explanation:
    """What is said of ``code`` besides its row of codes.yml."""
    from portail.resources import rows  # as codes do: a build needs none

    said = all_codes()[code].explication or rows("explications").get(code, {})
    return Explanation(**said)


def page_of(code: str) -> str:
    """The page of ``code``, in Markdown."""
    entry = all_codes()[code]
    more = explanation(code)
    parts = [f"# {code} · {entry.titre}", _general(entry.message), _general(entry.hint), more.regle]
    if more.exemple:
        parts += ["## Avant", _block(more.wrong), "## Après", _block(more.right)]
    if more.pourquoi:
        parts += ["## Pourquoi", more.pourquoi]
    return "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n"


def _general(sentence: str) -> str:
    # A sentence of codes.yml, with « … » for what a fault fills; ``""`` when it says nothing more,
    # or introduces what a fault shows.
    text = sentence.replace(" : {raison}", "")
    text = _FIELD.sub(lambda field: field[1] or "…", text)
    text = text.replace("……", "…").replace("….", "…")
    said = len(words_in(text)) > 1 and not text.endswith(":")
    if said:
        return _MARK.sub(r"\\\g<0>", text)
    return ""


def _block(lines: str) -> str:
    if lines.startswith("|"):
        return lines
    return f"```text\n{lines}\n```"
