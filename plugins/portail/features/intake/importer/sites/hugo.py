"""A site of Hugo: its texts in each of its languages, what they say, where they were."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from fnmatch import fnmatchcase
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, TypeAlias

from portail.diagnostics import Refused
from portail.features.intake.importer.kinds import STANDING, TEXT
from portail.features.intake.importer.sites.bodies import shortcodes
from portail.features.intake.importer.sites.headers import (
    PUBLISHED,
    Header,
    Value,
    day_of,
    fenced_header,
    is_true,
    said_of,
)
from portail.features.intake.importer.sites.inherited import (
    cascaded,
    expression,
    settled,
)
from portail.features.intake.importer.sites.paths import hugo_slug, permalink
from portail.features.intake.importer.sites.settings import mapping, word
from portail.features.intake.importer.sites.texts import (
    HTML,
    Generator,
    SiteText,
    attempted,
    kept_out,
    read_text,
    unknown_address,
    walked,
)
from portail.features.intake.importer.sources.items import Loss
from portail.text.public import Said, says

_SECTIONS = frozenset(
    "post posts blog article articles actualite actualites actu actus news entry entries billet "
    "billets".split()
)
"""Sections whose texts are articles, dated or not."""


_BUILD = ("build", "_build")
"""What says which pages and lists Hugo makes of a text."""
_NAMES = "slug slugorfilename slugorcontentbasename filename contentbasename".split()
"""What a pattern calls the name of a text."""


_Cascades: TypeAlias = Mapping[tuple[PurePosixPath, str], Value]
"""What lists pass to the texts under them, by folder and language."""


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
        ignored = settings.get("ignorefiles")
        rows = ignored if isinstance(ignored, list) else [ignored]
        self.ignored = {row: expression(row) for it in rows if (row := word(it))}
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
        """Those of each folder of contents, language by language. Raises ``Refused``."""
        for root in self.contents:
            there = self.folder / root.path
            if ".." in root.path.split("/") or there.is_symlink() or not there.is_dir():
                continue
            paths = walked(there)
            cascades = self._cascades(root, paths)
            inner = map(PurePosixPath, paths)
            bundles = {one.parent for one in inner if self._named(one.stem, root)[0] == "index"}
            for path in paths:
                whole = f"{root.path}/{path}"
                if why := self._unpublished(path, root, bundles - {PurePosixPath()}):
                    yield kept_out(whole, why)
                else:
                    yield attempted(whole, partial(self.text, whole, path, root, cascades))

    def copied(self) -> Iterator[str]:
        """Those of its folder ``static``."""
        there = self.folder / "static"
        if there.is_dir() and not there.is_symlink():
            yield from (f"static/{path}" for path in walked(there, HTML))

    def bodies(self, paths: Collection[str]) -> Callable[[SiteText], str]:
        """Shortcodes of Hugo stand for links and pictures."""

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

    def _unpublished(self, path: str, root: _Root, bundles: Collection[PurePosixPath]) -> str:
        """Why Hugo makes no page of a file: a setting, or words; "" when it does. ``bundles`` are
        folders that are a page with what stands beside it."""
        name = f"{self.folder.name}/{root.path}/{path}"
        if any(glob and fnmatchcase(name, glob) for glob in self.ignored.values()):
            return "ignoreFiles"
        inner = PurePosixPath(path)
        own = self._named(inner.stem, root)[0] == "index"
        above = inner.parents[1:] if own else inner.parents
        bundle = next((folder for folder in above if folder in bundles), None)
        return f"il accompagne la page de « {root.path}/{bundle} »" if bundle else ""

    def _cascades(self, root: _Root, paths: Collection[str]) -> _Cascades:
        """What introductions of lists pass to the texts under them, by folder and language."""
        passed: dict[tuple[PurePosixPath, str], Value] = {}
        for path in paths:
            inner = PurePosixPath(path)
            stem, langue = self._named(inner.stem, root)
            if stem == "_index":
                with suppress(Refused):  # which the introduction itself says
                    values = fenced_header(read_text(self.folder, f"{root.path}/{path}")).values
                    passed[inner.parent, langue] = values.get("cascade", "")
        return passed

    def _settled(self, header: Header, path: str, langue: str, cascades: _Cascades) -> Header:
        """``header`` with what the lists above it pass to it of its publication, the nearest first,
        then the settings; all else that they pass is for themes. What ``build`` says is apart."""
        inner = PurePosixPath(path)
        page = inner.parent if inner.stem.partition(".")[0] == "index" else inner.with_suffix("")
        passed = [cascades.get((folder, langue), "") for folder in inner.parents]
        groups = [
            {key: value for key, value in _built(group).items() if says("hugo", key)}
            for cascade in (*passed, self.settings.get("cascade"))
            for group in cascaded(cascade, f"/{page}".lower())
        ]
        whole = settled(header, _built(header.values), *groups)
        values = {
            key: value
            for key, value in whole.values.items()
            if key not in _BUILD or not isinstance(value, Mapping)
        }
        return Header(values, header.body)

    def text(self, whole: str, path: str, root: _Root, cascades: _Cascades) -> SiteText:
        """The text at ``path`` under one of the folders of contents. Raises ``Refused``."""
        inner = PurePosixPath(path)
        stem, langue = self._named(inner.stem, root)
        read = fenced_header(read_text(self.folder, whole))
        header = self._settled(read, path, langue, cascades)
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
            said=(*said_of("hugo", header), *self._unknown()),
            former=tuple(f"{prefix}{address}" for address in former),
            mots=header.listed("categories", "category", "tags", "keywords"),
            losses=losses,
            refused=refused,
        )

    def _unknown(self) -> Iterator[Said]:
        """Expressions that may keep any text out, which are not read."""
        unread = (row for row, glob in self.ignored.items() if glob is None)
        return (Said("ignoreFiles", "etat", row) for row in unread)

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


def _built(values: Mapping[str, Value]) -> dict[str, Value]:
    """``values``, what their ``build`` says being keys of theirs: ``build.render``."""
    inner = {
        f"build.{key}": value
        for name in _BUILD
        for key, value in mapping(values.get(name)).items()
        if key in ("render", "list")
    }
    return {**values, **inner}
