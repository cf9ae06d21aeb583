"""Links of the texts of an old site: to a content here, to a file, or to where they led."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import unquote

from msgspec import Struct

from portail.body.addresses import is_picture
from portail.features.intake.importer.sites.medias import Medias
from portail.features.intake.importer.sites.paths import key_of
from portail.features.intake.importer.sites.texts import SiteText
from portail.features.intake.importer.sources.addresses import below, clean_address
from portail.features.intake.importer.sources.items import Loss

_PELICAN = re.compile(r"[{|](filename|static|attach|index|tag|category|author)[}|](.*)")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_UNWRITTEN = str.maketrans({" ": "%20", "(": "%28", ")": "%29"})


class Site(Struct, frozen=True):
    """What the texts of one site know of one another."""

    siteurl: str
    base: str
    """What begins addresses written from the root of the host."""
    medias: Medias
    content: str
    """The folder that Pelican's ``{filename}/`` begins from."""
    addresses: Mapping[str, str]
    """References by the keys of addresses."""
    files: Mapping[str, str]
    """The same by paths."""
    here: Mapping[str, str]
    """The same by the keys of new addresses alone."""


class Links:
    """The links and pictures of one text; ``losses`` and ``used`` gather what they come to."""

    def __init__(self, site: Site, text: SiteText) -> None:
        self.site = site
        self.text = text
        self.losses: list[Loss] = []
        self.used: dict[str, str] = {}
        """Files to bring: from their places among the contents to their paths in the folder."""

    def link(self, written: str) -> str:
        """The address to write, as a body may hold it; "" when nothing can be."""
        written = unquote(written.strip()) if "%7B" in written else written.strip()
        if not written:
            return ""
        if written[0] == "#":
            self._lose("renvoi dans la page", written, "son ancre n’est pas reprise")
            return ""
        if match := _PELICAN.match(written):
            return self._at_its_top(self._named(match[1], match[2]), written)
        path = self._own(written)
        if path is None:
            return _elsewhere(written)
        return self._at_its_top(self._inside(path, written), written)

    def _at_its_top(self, place: str, written: str) -> str:
        """``place``; an anchor in ``written`` is a loss: headings have other anchors here."""
        if place and "#" in written and "://" not in place:
            self._lose("ancre", written, "le lien mène en haut de ce qu’il nomme", review=True)
        return place

    def _own(self, written: str) -> str | None:
        """The path of what ``written`` names in the site; ``None`` for what is elsewhere."""
        if _SCHEME.match(written) or written.startswith("//"):
            return below(written, self.site.siteurl)
        if self.site.base and f"{written}/".startswith(f"{self.site.base}/"):
            return written[len(self.site.base) :] or "/"
        return written

    def _named(self, sort: str, path: str) -> str:
        """What a link of Pelican's own, as ``{filename}/x.md``, names."""
        path = unquote(path).partition("#")[0]
        if sort in ("filename", "static", "attach"):
            near = self.site.content if path.startswith("/") else self.text.folder
            whole = posixpath.normpath(posixpath.join(near, path.lstrip("/")))
            if ref := self.site.files.get(whole):
                return ref
            if place := self._file(whole, ""):
                return place
        self._lose("lien interne", f"{{{sort}}}{path}", "ce qu’il nomme n’est pas repris")
        return ""

    def _inside(self, path: str, written: str) -> str:
        """A page or file of the site, by its address, else by its path."""
        bare = unquote(path.partition("#")[0].partition("?")[0])
        here = next(iter(self.text.former), "/")
        whole = posixpath.normpath(posixpath.join("/", posixpath.dirname(here), bare))
        keys = [bare] if bare.startswith("/") else [whole, bare]
        for key in map(key_of, keys):
            if ref := self.site.addresses.get(key) or self.site.addresses.get(f"{key}.html"):
                return ref
        near = posixpath.normpath(posixpath.join(self.text.folder, bare))
        if ref := self.site.files.get(near) or self.site.files.get(bare.lstrip("/")):
            return ref
        for candidate in keys:
            if place := self._file(candidate, self.text.folder):
                return place
        return self._away(whole, path[len(re.split("[?#]", path)[0]) :], written)

    def _away(self, whole: str, rest: str, written: str) -> str:
        """The address on the old site of what is not imported. It is a loss, since that site may
        close. ``rest`` is the query and the anchor."""
        if not self.site.siteurl or whole == "/":
            self._lose("lien interne", written, "ce qu’il nomme n’est pas repris")
            return ""
        self._lose(
            "lien vers l’ancien site", written, "ce qu’il nomme n’est pas repris", review=True
        )
        return clean_address(f"{self.site.siteurl}{whole}{rest}")

    def _file(self, named: str, near: str) -> str:
        """The place of a file of the folder that is brought; why, when it is not."""
        path = self.site.medias.find(named, near)
        if not path:
            return ""
        place, reason = self.site.medias.judged(path)
        if reason:
            self._lose("fichier", path, reason)
            return ""
        self.used[place] = path
        return f"/{place}"

    def picture(self, source: str, alt: str, caption: str) -> str:
        """A picture as Markdown: shown when its file and its description are there, else a link."""
        source = source.strip()
        name = posixpath.basename(unquote(source.partition("?")[0])) or "image"
        shown = " ".join((alt or caption).split())
        if not source or source.startswith("data:"):
            self._lose("image", source[:60], "elle est écrite dans la page")
            return ""
        before = len(self.losses)
        place = self.link(source) if self._is_own(source) else ""
        if place.startswith("/medias/") and is_picture(place) and shown:
            title = f' "{_titled(caption)}"' if caption and caption != shown else ""
            return f"![{_alternative(shown)}]({place}{title})"
        reason = "sa description manque : un lien y mène"
        if not place.startswith("/"):
            why = next((loss.reason for loss in self.losses[before:] if loss.name == "fichier"), "")
            del self.losses[before:]
            reason = why or "son fichier n’est pas avec le site"
            place = place or _elsewhere(source)
        self._lose("image", source, reason, review=bool(place))
        return f"[Image : {_alternative(shown or name)}]({place.translate(_UNWRITTEN)})" * bool(
            place
        )

    def _is_own(self, source: str) -> bool:
        return bool(_PELICAN.match(source)) or self._own(source) is not None

    def _lose(self, name: str, value: str, reason: str, *, review: bool = False) -> None:
        self.losses.append(Loss(name, value[:200], reason, review))


def _elsewhere(written: str) -> str:
    """An address that is none of the site; what begins by « // » is of the web."""
    return clean_address(written, "https:" if written.startswith("//") else "")


def _alternative(text: str) -> str:
    return re.sub(r"([\\\[\]`*_<])", r"\\\1", text[:400]).replace("|", "/")


def _titled(text: str) -> str:
    return " ".join(text.split())[:400].replace("\\", "").replace('"', "”").replace("|", "/")
