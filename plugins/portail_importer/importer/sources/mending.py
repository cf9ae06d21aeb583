"""HTML written in a body as Markdown, for what mends it (``portail.conversions``): what Markdown
says whole, else nothing."""

from __future__ import annotations

from lxml import etree
from lxml import html as lxml_html

from portail.body.addresses import Nature, link_address

from .cleaning import BLOCKS, INLINE, word_marks
from .writing import Writer

_HELD = (BLOCKS | INLINE | {"o:p", "thead", "tbody"}) - frozenset(
    "details summary dialog form nav iframe video audio".split()
)


class _Kept(Exception):
    """What Markdown has no plain equivalent for."""


def as_markdown(fragment: str) -> str | None:
    """``fragment`` in Markdown; ``None`` when this would not say all of it."""
    body = lxml_html.fragment_fromstring(fragment, create_parent="div")
    etree.strip_elements(body, etree.Comment, "script", "style", with_tail=False)
    if any(element.tag not in _HELD for element in body.iter(etree.Element)):
        return None
    word_marks(body)
    try:
        return "\n\n".join(_Mending(body).blocks(body))
    except (_Kept, RecursionError):
        return None


class _Mending(Writer):
    def __init__(self, body: etree._Element) -> None:
        super().__init__(body)
        self.levels = {f"h{rank}": max(2, rank) for rank in range(1, 7)}
        self.level = 6  # a heading keeps its level

    def link(self, written: str) -> str:
        if not written:
            return ""
        if link_address(written).nature is Nature.REFUSED or set(written) & set(" ()<>\\"):
            raise _Kept
        return written

    def picture(self, element: etree._Element, caption: str) -> None:
        raise _Kept

    def frame(self, element: etree._Element) -> list[str]:
        raise _Kept

    def lose(self, name: str, value: str, reason: str) -> None:
        # Words that are struck are still there; the end of a text would not be.
        if not value:
            raise _Kept

    def table(self, element: etree._Element) -> list[str]:
        """A table whose first row is its head, and whose cells are one each."""
        head = next(element.iter("tr"), None)
        merged = element.xpath(".//*[@colspan or @rowspan]|.//caption")
        if merged or head is None or any(cell.tag != "th" for cell in head):
            raise _Kept
        return super().table(element)
