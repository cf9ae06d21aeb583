"""HTML of others as the Markdown of a body, with the pictures that it showed and what is left of
it."""

from __future__ import annotations

import re
from functools import cache

from lxml import etree
from msgspec import Struct

from portail.body.players import video_frame
from portail.features.services.restes.leftovers import leftovers
from portail.text.visible import shows

from .addresses import clean_address, watched
from .cleaning import tree_of, words_of
from .items import Loss, Picture
from .pictures import is_credit, picture_of
from .runs import Run, collapsed, in_one_line
from .writing import Writer

_WORDPRESS = "code court de WordPress"
_PLAYERS = ("youtube", "vimeo", "video player")
_MOST_PICTURES = 200


class Text(Struct, frozen=True):
    """A text in Markdown, the pictures that it showed, what was left of it."""

    markdown: str
    pictures: tuple[Picture, ...] = ()
    losses: tuple[Loss, ...] = ()


def markdown_of(html: str, base: str = "") -> Text:
    """The Markdown of ``html``, hostile or not; ``base`` is the address of its page.

    >>> markdown_of('<p>Un <b>mot </b><a href="/x?utm_source=a">là</a>', "https://a.example.org/").markdown
    'Un **mot** [là](https://a.example.org/x)'
    """
    body = tree_of(html)
    if body is None:
        return Text("")
    writer = _Importing(body, base)
    markdown = writer.markdown(body)
    return Text(markdown, tuple(writer.pictures), tuple(dict.fromkeys(writer.losses)))


class _Importing(Writer):
    def __init__(self, body: etree._Element, base: str) -> None:
        super().__init__(body)
        self.base = base
        self.pictures: list[Picture] = []
        self.losses: list[Loss] = []

    def lose(self, name: str, value: str, reason: str) -> None:
        self.losses.append(Loss(name, value, reason))

    def link(self, written: str) -> str:
        return clean_address(written, self.base)

    def words(self, text: str | None) -> str:
        """Without what WordPress would replace."""
        return _shortcode().sub(" ", collapsed(text or ""))

    def picture(self, element: etree._Element, caption: str) -> None:
        attributes = {str(key): str(value) for key, value in element.items()}
        picture = picture_of(attributes, caption, self.base)
        if picture is not None and len(self.pictures) < _MOST_PICTURES:
            self.pictures.append(picture)

    def figure(self, element: etree._Element) -> list[str]:
        """Lists its pictures with their caption, which goes with them; that of anything else
        stays."""
        captions = list(element.iter("figcaption"))
        legend = collapsed(" ".join(map(words_of, captions))).strip()
        images = list(element.iter("img"))
        for image in images:
            self.picture(image, legend)
        etree.strip_elements(element, "img", with_tail=False)
        is_shown = next(element.iter("iframe", "video", "table", "blockquote", "pre"), None) is None
        if is_credit(legend) or (images and is_shown):
            for caption in captions:
                caption.clear()
        return self.blocks(element)

    def frame(self, element: etree._Element) -> list[str]:
        """A video of a site that we know, as a link alone on its line."""
        written = element.get("data-src") or element.get("src") or ""
        url = clean_address(watched(written), self.base)
        if not url or not video_frame(url):
            if written:
                return super().frame(element)
            return []
        title = in_one_line([Run(collapsed(element.get("title") or ""))])
        plain = not shows(title) or title.lower().startswith(_PLAYERS)
        return [f"[{url if plain else title}]({url})"]


@cache
def _shortcode() -> re.Pattern[str]:
    rows = (syntax.motif for syntax in leftovers().syntaxes if syntax.nom == _WORDPRESS)
    return re.compile("|".join(f"(?:{row})" for row in rows))
