"""Late replacement of the internal addresses of a rendered body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote

from portail.body.finish import IMAGE_SCHEME, LINK_SCHEME
from portail.body.players import sound, video_frame

__all__ = ["ImageTarget", "resolve"]

_VIDEO = '<figure class="video">'

# The sanitiser writes « < » in text and in attributes as « &lt; »: these forms can only be tags,
# and an author's address with one of these schemes never becomes one.
_UNRESOLVED = re.compile(
    rf'<figure class="audio"><a href="{LINK_SCHEME}:(?P<sound>[^"]*)"[^>]*>(?P<title>.*?)</a>'
    r'|<figure class="video"><a href="(?P<video>[^"]*)"'
    rf'|<a href="{LINK_SCHEME}:(?P<link>[^"]*)"'
    rf'|<img src="{IMAGE_SCHEME}:(?P<image>[^"]*)"(?P<rest>[^>]*)>'
    r"|<figure>|</figcaption>\n?</figure>|</figure>"
)


@dataclass(frozen=True, slots=True)
class ImageTarget:
    """What a picture of a body becomes.

    ``src`` is its final address, ``width`` and ``height`` its size in pixels (0: unknown),
    ``credit`` the name written under it, ``srcset`` and ``sizes`` the values of these attributes
    (empty: none). ``sources`` are (media type, ``srcset``) of better formats, best first;
    ``animation`` is the address of what moves when ``src`` is only its first frame.
    """

    src: str
    width: int = 0
    height: int = 0
    credit: str = ""
    srcset: str = ""
    sizes: str = ""
    sources: tuple[tuple[str, str], ...] = ()
    animation: str = ""


class _Resolver:
    """Replaces from left to right; remembers the credits of the figure it is in."""

    __slots__ = ("credits", "figure", "images", "links")

    def __init__(self, links: Mapping[str, str], images: Mapping[str, ImageTarget]) -> None:
        self.links, self.images = links, images
        self.credits: list[str] = []
        self.figure = False

    def __call__(self, found: re.Match[str]) -> str:
        whole = found[0]
        if (link := found["link"]) is not None:
            return f'<a href="{escape(self.links[unquote(link)])}"'
        if (image := found["image"]) is not None:
            target = self.images[unquote(image)]
            markup = self._image(target, found["rest"])
            return _paused(markup, target, found) if target.animation else markup
        if whole.startswith("<figure class="):
            self.credits = []
            return self._player(found)
        if whole == "<figure>":
            self.figure, self.credits = True, []
            return whole
        self.figure = False
        legend = found.string[found.string.rfind("<figcaption>", 0, found.start()) : found.start()]
        said = legend if whole.startswith("</figcaption>") else ""
        credits = [one for one in map(escape, self.credits) if one not in said]
        if not credits:
            return whole
        credit = f'<span class="credit">{", ".join(credits)}</span>'
        if whole.startswith("</figcaption>"):
            return f" {credit}{whole}"
        return f"<figcaption>{credit}</figcaption>{whole}"

    def _player(self, found: re.Match[str]) -> str:
        if (file := found["sound"]) is not None:
            return f'<figure class="audio">{sound(self.links[unquote(file)], found["title"])}'
        video = video_frame(unescape(found["video"]))
        frame = f' data-cadre="{escape(video.cadre)}"' if video else ""
        return f'<figure class="video"{frame}>{found[0].removeprefix(_VIDEO)}'

    def _image(self, target: ImageTarget, rest: str) -> str:
        if target.credit and self.figure:
            self.credits.append(target.credit)
        elif target.credit and " title=" not in rest:
            rest += f' title="{escape(target.credit)}"'
        size = f' width="{target.width}" height="{target.height}"' if target.width else ""
        several = f' srcset="{escape(target.srcset)}"' if target.srcset else ""
        several += f' sizes="{escape(target.sizes)}"' if target.sizes else ""
        image = f'<img src="{escape(target.src)}"{several}{rest}{size}>'
        if not target.sources:
            return image
        sizes = f' sizes="{escape(target.sizes)}"' if target.sizes else ""
        others = "".join(
            f'<source type="{kind}" srcset="{escape(srcset)}"{sizes}>'
            for kind, srcset in target.sources
        )
        return f"<picture>{others}{image}</picture>"


def _paused(markup: str, target: ImageTarget, found: re.Match[str]) -> str:
    """A still picture that leads to its animation, which starts only if asked (RGAA 13.8)."""
    before = found.string[: found.start()]
    if before.rfind("<a ") > before.rfind("</a>"):  # it leads elsewhere already
        return markup
    title = '<span class="animation-titre">Voir l’animation</span>'
    return f'<a class="animation" href="{escape(target.animation)}">{markup}{title}</a>'


def resolve(html: str, links: Mapping[str, str], images: Mapping[str, ImageTarget]) -> str:
    """``html`` of a ``RenderedBody`` with its internal addresses replaced by those of the site.

    ``links`` gives, for each ``Link.target`` of its facts, the final address, any prefix included;
    ``images`` what each ``ImageRef.source`` becomes. Everything put in is escaped. Raises
    ``KeyError`` for a target that is missing: what leads nowhere is reported before.
    """
    return _UNRESOLVED.sub(_Resolver(links, images), html)
