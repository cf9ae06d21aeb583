"""A site of Hugo: its texts in each of its languages, what they say, where they were."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from portail.features.intake.importer.kinds import STANDING, TEXT
from portail.features.intake.importer.sites.bodies import shortcodes
from portail.features.intake.importer.sites.headers import (
    PUBLISHED,
    Header,
    day_of,
    fenced_header,
    is_true,
    said_of,
)
from portail.features.intake.importer.sites.paths import hugo_slug, permalink
from portail.features.intake.importer.sites.settings import mapping, word
from portail.features.intake.importer.sites.texts import (
    HTML,
    Generator,
    SiteText,
    attempted,
    read_text,
    unknown_address,
    walked,
)
from portail.features.intake.importer.sources.items import Loss

_SECTIONS = frozenset(
    "post posts blog article articles actualite actualites actu actus news entry entries billet "
    "billets".split()
)
"""Sections whose texts are articles, dated or not."""


_NAMES = "slug slugorfilename slugorcontentbasename filename contentbasename".split()
"""What a pattern calls the name of a text."""


class _Root(NamedTuple):
    """A folder of contents, its language, what begins its addresses."""

    path: str
    langue: str
    prefix: str


class Hugo(Generator):
    """A site of Hugo."""

    roots = ("static", "assets", "")

    def __init__(self, folder: Path, settings: Mapping[str, Any]) -> None:
        super().__init__(folder, settings)
        self.languages = mapping(settings.get("languages"))
        permalinks = mapping(settings.get("permalinks"))
        self.patterns = {**permalinks, **mapping(permalinks.get("page"))}
        self.ugly = is_true(word(settings.get("uglyurls")))
        named = mapping(settings.get("params")).get("mainsections")
        main = named if isinstance(named, list) else [named]
        self.sections = _SECTIONS | {word(section) for section in main if word(section)}

    @cached_property
    def contents(self) -> tuple[_Root, ...]:
        """The folders of contents: one, or one for each language that has its own."""
        settings = self.settings
        own = word(settings.get("contentdir")) or "content"
        main = word(settings.get("defaultcontentlanguage")) or "en"
        everywhere = is_true(word(settings.get("defaultcontentlanguageinsubdir")))
        roots = []
        for code, options in self.languages.items():
            if path := word(mapping(options).get("contentdir")).strip("/"):
                roots.append(_Root(path, code, f"/{code}" if code != main or everywhere else ""))
        return tuple(roots) or (_Root(own.strip("/"), main, f"/{main}" if everywhere else ""),)

    def texts(self) -> Iterator[SiteText]:
        for root in self.contents:
            there = self.folder / root.path
            if ".." in root.path.split("/") or there.is_symlink() or not there.is_dir():
                continue
            for path in walked(there):
                whole = f"{root.path}/{path}"
                yield attempted(whole, partial(self.text, whole, path, root))

    def copied(self) -> Iterator[str]:
        there = self.folder / "static"
        if there.is_dir() and not there.is_symlink():
            yield from (f"static/{path}" for path in walked(there, HTML))

    def bodies(self, paths: Collection[str]) -> Callable[[SiteText], str]:
        def body(text: SiteText) -> str:
            return shortcodes(text.header.body, partial(self._named_by, text, paths))

        return body

    def _named_by(self, text: SiteText, paths: Collection[str], named: str) -> str:
        """The path of what a ``ref`` in ``text`` names; "" for none, or several."""
        bare = named.partition("#")[0].strip("/")
        folders = (text.folder, *(root.path for root in self.contents))
        ends = ("", ".md", "/index.md", ".html")
        tried = (f"{folder}/{bare}{end}" for folder in folders for end in ends)
        if exact := next((path for path in tried if path in paths), ""):
            return exact
        same = [path for path in paths if f"/{path}".endswith((f"/{bare}", f"/{bare}.md"))]
        return same[0] if len(same) == 1 and bare else ""

    def text(self, whole: str, path: str, root: _Root) -> SiteText:
        """The text at ``path`` under one of the folders of contents. Raises ``Refused``."""
        header = fenced_header(read_text(self.folder, whole))
        inner = PurePosixPath(path)
        stem, langue = self._named(inner.stem, root)
        titre = header.text("title", "titre")
        refused = ""
        if stem == "_index":
            refused = "C’est l’introduction d’une liste : le portail a les siennes."
        elif not titre:
            refused = "Il n’a pas de titre : écrivez « title: … » dans son en-tête."
        name = inner.parent.name if stem == "index" else stem
        day = day_of(header.text("date", *PUBLISHED, "lastmod"))
        section = inner.parts[0] if len(inner.parts) > 1 else ""
        dated = bool(day_of(header.text("date", *PUBLISHED)))
        kind = TEXT if dated or section in self.sections else STANDING
        slug = header.text("slug") or name
        prefix = root.prefix if langue == root.langue else f"/{langue}"
        place = inner.parent.parent if stem == "index" else inner.parent
        former, losses = ((), ()) if refused else self._former(header, slug, place, day)
        return SiteText(
            path=whole,
            kind=kind,
            header=header,
            titre=titre or whole,
            slug=slug,
            day=day,
            langue=self._spoken(langue),
            said=said_of("hugo", header),
            former=tuple(f"{prefix}{address}" for address in former),
            mots=header.listed("categories", "category", "tags", "keywords"),
            losses=losses,
            refused=refused,
        )

    def _named(self, stem: str, root: _Root) -> tuple[str, str]:
        """The name of a file and its language, which may end it: ``about.en``."""
        name, _, code = stem.rpartition(".")
        return (name, code) if name and code in self.languages else (stem, root.langue)

    def _spoken(self, code: str) -> str:
        """The language that a code of the site stands for, as it says of it or of all of it."""
        said = mapping(self.languages.get(code))
        if not said and "defaultcontentlanguage" not in self.settings:
            said = self.settings
        named = word(said.get("languagecode")) or word(said.get("locale")) or code
        return named[:2].lower()

    def _former(
        self, header: Header, slug: str, place: PurePosixPath, day: str
    ) -> tuple[tuple[str, ...], tuple[Loss, ...]]:
        """Where a text of the folder ``place`` was: its address, then its aliases."""
        folder = "" if place == PurePosixPath(".") else hugo_slug(place.as_posix())
        aliases = tuple(
            alias
            if alias.startswith("/")
            else f"/{posixpath.normpath(posixpath.join(folder, alias))}"
            for alias in header.listed("aliases")
        )
        if own := header.text("url"):
            return (f"/{own.lstrip('/')}", *aliases), ()
        section = place.parts[0] if place.parts else ""
        pattern = word(self.patterns.get(section))
        if not pattern:
            inner = f"{folder}/{hugo_slug(slug)}".strip("/")
            return (f"/{inner}.html" if self.ugly else f"/{inner}/", *aliases), ()
        name = hugo_slug(slug)
        values = {
            **dict.fromkeys(_NAMES, name),
            "title": hugo_slug(header.text("title")),
            "section": section,
            "sections": folder,
        }
        if not header.text("slug"):
            values["slug"] = values["title"]  # « :slug » is the title when none is said
        try:
            address = permalink(f"/{pattern.lstrip('/')}", values, day)
        except (KeyError, ValueError):
            return aliases, (unknown_address(pattern),)
        ended = address if address.endswith((".html", "/")) else f"{address}/"
        return (ended, *aliases), ()
