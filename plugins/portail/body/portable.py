"""Bodies adapted for other uses: feeds and other sites, mail, final addresses of the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from typing import Any
from urllib.parse import unquote

from lxml import etree
from lxml import html as lxml_html
from msgspec import Struct

from portail.late import expression

from .finish import IMAGE_SCHEME, LINK_SCHEME
from .players import sound, video_frame

# Of bodies; it opens no connection.
PARSER = lxml_html.HTMLParser(no_network=True)
_DROPPED = {"figure", "picture", "img"}
_OF_PICTURES = {"figures", "animation"}
_UNWRAPPED = {"div", "section", "span"}
_ATTRIBUTES = {
    "a": ("href",),
    "abbr": ("title",),
    "img": ("src", "alt", "title", "width", "height"),
    "ol": ("start",),
    "th": ("scope",),
}


def portable(html: str, absolute: Callable[[str], str], *, pictures: bool = False) -> str:
    """``html`` of a resolved body without classes, ids nor links of notes.

    Pictures, each with a licence of its own, are left out unless ``pictures``. A video or a sound
    is a link. ``absolute`` gives the whole address of a link.
    """
    if not html.strip():
        return ""
    root = etree.fromstring(f"<div>{html}</div>", PARSER)[0][0]
    for element in list(root.iter()):
        if element is not root:
            _clean(element, absolute, pictures)
    inside = (etree.tostring(child, encoding=str, method="html").strip() for child in root)
    return "\n".join(block for block in inside if block)


def _clean(element: Any, absolute: Callable[[str], str], pictures: bool) -> None:
    tag = str(element.tag)
    sort = element.get("class", "")
    if element.getparent() is None:  # inside what was removed already
        return
    if sort in ("video", "audio"):
        _keep_link(element)
        return
    if tag == "math":
        keep_source(element)
        return
    aside = not pictures and (tag in _DROPPED or sort in _OF_PICTURES)
    if aside or sort == "retour" or is_heard(element):
        element.drop_tree()
        return
    if sort == "credit":  # the sign that a style sheet of ours draws
        element.text = f"© {element.text or ''}"
    if tag in _UNWRAPPED or element.get("role") == "doc-noteref":
        element.drop_tag()
        return
    if sort == "encadre-titre":
        embolden(element)
    attributes = {name: value for name in _ATTRIBUTES.get(tag, ()) if (value := element.get(name))}
    element.attrib.clear()
    for name, value in attributes.items():
        element.set(name, absolute(value) if name == "href" else value)


def _keep_link(figure: etree._Element) -> None:
    link = figure.find(".//a")
    for inner in list(figure):
        figure.remove(inner)
    figure.attrib.clear()
    figure.tag = "p"
    figure.text = None
    if link is not None:
        link.tail = None
        figure.append(link)


def is_heard(element: etree._Element) -> bool:
    parent = element.getparent()
    return element.tag == "span" and parent is not None and parent.tag == "sup"


def keep_source(math: etree._Element) -> None:
    """Replace a formula by its TeX source: few feed or mail readers draw MathML."""
    source = math.get("alttext", "")
    for inner in list(math):
        math.remove(inner)
    math.attrib.clear()
    math.tag = "code"
    math.text = source


def embolden(element: etree._Element) -> None:
    inner = etree.Element("strong")
    inner.text = element.text
    element.text = None
    inner.extend(list(element))
    element.append(inner)


# Late replacement of the internal addresses of a rendered body.

_VIDEO = '<figure class="video">'

# The sanitiser writes « < » in text and in attributes as « &lt; »: these forms can only be tags,
# and an author's address with one of these schemes never becomes one.
_UNRESOLVED = expression(
    rf'<figure class="audio"><a href="{LINK_SCHEME}:(?P<sound>[^"]*)"[^>]*>(?P<title>.*?)</a>'
    r'|<figure class="video"><a href="(?P<video>[^"]*)"'
    rf'|<a href="{LINK_SCHEME}:(?P<link>[^"]*)"'
    rf'|<img src="{IMAGE_SCHEME}:(?P<image>[^"]*)"(?P<rest>[^>]*)>'
    r"|<figure>|</figcaption>\n?</figure>|</figure>"
)


class ImageTarget(Struct, frozen=True):
    """What a picture of a body becomes.

    ``src`` is its final address, ``width`` and ``height`` its size in pixels (0: unknown),
    ``credit`` the name written under it, ``srcset`` and ``sizes`` the values of these attributes
    (empty: none). ``sources`` are (media type, ``srcset``) of better formats, best first;
    ``animation`` leads to what moves when ``src`` is only its first frame, ``whole`` to its largest
    file.
    """

    src: str
    width: int = 0
    height: int = 0
    credit: str = ""
    srcset: str = ""
    sizes: str = ""
    sources: tuple[tuple[str, str], ...] = ()
    animation: str = ""
    whole: str = ""


class _Resolver:
    """Replaces from left to right; remembers the credits of the figure it is in."""

    __slots__ = ("credits", "figure", "images", "links")

    def __init__(self, links: Mapping[str, str], images: Mapping[str, ImageTarget]) -> None:
        self.links = links
        self.images = images
        self.credits: list[str] = []
        self.figure = False

    def __call__(self, match: re.Match[str]) -> str:
        whole = match[0]
        if (link := match["link"]) is not None:
            return f'<a href="{escape(self.links[unquote(link)])}"'
        if (image := match["image"]) is not None:
            target = self.images[unquote(image)]
            markup = self._image(target, match["rest"])
            if target.animation:
                return _leading(markup, target.animation, "animation", match, _MOVES)
            if self.figure:
                return _leading(markup, target.whole, "entiere", match)
            return markup
        if whole.startswith("<figure class="):
            self.credits = []
            return self._player(match)
        if whole == "<figure>":
            self.figure = True
            self.credits = []
            return whole
        self.figure = False
        legend = match.string[match.string.rfind("<figcaption>", 0, match.start()) : match.start()]
        caption = legend if whole.startswith("</figcaption>") else ""
        credits = [name for name in map(escape, self.credits) if name not in caption]
        if not credits:
            return whole
        credit = f'<span class="credit">{", ".join(credits)}</span>'
        if whole.startswith("</figcaption>"):
            return f" {credit}{whole}"
        return f"<figcaption>{credit}</figcaption>{whole}"

    def _player(self, match: re.Match[str]) -> str:
        if (file := match["sound"]) is not None:
            return f'<figure class="audio">{sound(self.links[unquote(file)], match["title"])}'
        video = video_frame(unescape(match["video"]))
        frame = f' data-cadre="{escape(video.cadre)}"' if video else ""
        return f'<figure class="video"{frame}>{match[0].removeprefix(_VIDEO)}'

    def _image(self, target: ImageTarget, rest: str) -> str:
        if target.credit and self.figure:
            self.credits.append(target.credit)
        elif target.credit and " title=" not in rest:
            rest += f' title="{escape(target.credit)}"'
        size = ""
        if target.width:
            size = f' width="{target.width}" height="{target.height}"'
        several = ""
        if target.srcset:
            several = f' srcset="{escape(target.srcset)}"'
        if target.sizes:
            several += f' sizes="{escape(target.sizes)}"'
        image = f'<img src="{escape(target.src)}"{several}{rest}{size}>'
        if not target.sources:
            return image
        sizes = ""
        if target.sizes:
            sizes = f' sizes="{escape(target.sizes)}"'
        sources = "".join(
            f'<source type="{kind}" srcset="{escape(srcset)}"{sizes}>'
            for kind, srcset in target.sources
        )
        return f"<picture>{sources}{image}</picture>"


_MOVES = '<span class="animation-titre">Voir l’animation</span>'


def _leading(markup: str, address: str, kind: str, match: re.Match[str], title: str = "") -> str:
    # A still picture that leads to its animation, which starts only if asked (RGAA 13.8); a figure,
    # to its largest file: a phone is too narrow for words drawn in it.
    before = match.string[: match.start()]
    if not address or before.rfind("<a ") > before.rfind("</a>"):  # it leads elsewhere already
        return markup
    return f'<a class="{kind}" href="{escape(address)}">{markup}{title}</a>'


def resolve(html: str, links: Mapping[str, str], images: Mapping[str, ImageTarget]) -> str:
    """``html`` of a ``RenderedBody`` with its internal addresses replaced by those of the site.

    ``links`` gives the final address of each ``Link.target``, ``images`` what each
    ``ImageRef.source`` becomes. Everything put in is escaped. Raises ``KeyError`` for a missing
    target.
    """
    return _UNRESOLVED.sub(_Resolver(links, images), html)
