"""A large corpus whose words are as frequent as in real texts: sentences of the demonstration.

`corpus.py` draws its prose from two hundred words, each in nearly every item: the worst that an
index can be given. Here, items have the same fields, and sentences, titles and headings of
``content/`` in no order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from corpus import Generator
from prose import Prose

__all__ = ["Sentences"]

CONTENT = Path(__file__).resolve().parent.parent / "content"
_HEADER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_TITLE = re.compile(r"^titre: \"?(.+?)\"?$", re.MULTILINE)
_HEADING = re.compile(r"^##+ (.+)$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_LEFT_OUT = re.compile(r"^(?:#|>|\||```|\s*$).*$", re.MULTILINE)
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý«])")


class _Quoted(Prose):
    """Prose that says what the demonstration says."""

    def __init__(self, prose: Prose) -> None:
        super().__init__(prose.chance, prose.link)
        texts = [path.read_text(encoding="utf-8") for path in sorted(CONTENT.rglob("*.md"))]
        self.said = [one for text in texts for one in _sentences(text)]
        self.titles = [one for text in texts for one in _TITLE.findall(text)]
        self.titles += [_LINK.sub(r"\1", one) for text in texts for one in _HEADING.findall(text)]

    def title(self) -> str:
        return self.chance.choice(self.titles).replace('"', "")

    def sentence(self) -> str:
        return self.chance.choice(self.said)

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.chance.randrange(2, 5)))


class Sentences(Generator):
    """The items of `Generator`, in words of the demonstration."""

    def __init__(self, count: int, seed: int = 1, words: tuple[int, int] = (300, 800)) -> None:
        super().__init__(count, seed, words)
        self.prose = _Quoted(self.prose)


def _sentences(text: str) -> Iterator[str]:
    body = _LINK.sub(r"\1", _LEFT_OUT.sub("", _HEADER.sub("", text)))
    for block in body.split("\n"):
        for one in _END.split(re.sub(r"^[-*] |^\d+\. |[*_`\\]", "", block).strip()):
            if one.count(" ") > 4:
                yield one
