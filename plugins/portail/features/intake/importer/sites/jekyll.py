"""A site of Jekyll: its posts, drafts, collections and pages, what they say, where they were."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from portail.features.intake.importer.kinds import STANDING, TEXT
from portail.features.intake.importer.sites.bodies import liquid
from portail.features.intake.importer.sites.headers import Header, day_of, fenced_header, said_of
from portail.features.intake.importer.sites.inherited import covers, settled
from portail.features.intake.importer.sites.paths import jekyll_slug, permalink, rooted
from portail.features.intake.importer.sites.settings import mapping, word
from portail.features.intake.importer.sites.texts import (
    OTHERS,
    Generator,
    SiteText,
    attempted,
    kept_out,
    read_text,
    unknown_address,
    walked,
)
from portail.features.intake.importer.sources.items import Loss
from portail.features.intake.importer.sources.moments import of_iso
from portail.features.intake.importer.sources.zones import zone_named
from portail.text.public import Said, said_in

_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_NAMED = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-(.+)")
_DATED = re.compile(r"\d{2,4}-\d{1,2}-\d{1,2}-")
"""What begins the name of a post: Jekyll takes others for no posts."""
_UNREAD = frozenset("._#~")
"""Signs that begin the names of files that Jekyll passes over."""
_LISTS = frozenset("home archive search tag category".split())
"""Layouts of pages that list others."""


class Jekyll(Generator):
    """A site of Jekyll."""

    url = "url"
    kramdown = True

    def __init__(self, folder: Path, settings: Mapping[str, Any]) -> None:
        super().__init__(folder, settings)
        self.base = word(settings.get("baseurl")).rstrip("/")
        self.zone = zone_named(word(settings.get("timezone")))
        self.style = word(settings.get("permalink")) or "date"
        self.defaults = settings.get("defaults")
        self.collections = mapping(settings.get("collections"))
        excluded = settings.get("exclude")
        rows = excluded if isinstance(excluded, list) else [excluded]
        self.excluded = [row for path in rows if (row := word(path).lstrip("/"))]

    def texts(self) -> Iterator[SiteText]:
        """Files that have a header, wherever they are. Raises ``Refused``."""
        return filter(None, map(self.text, walked(self.folder)))

    def copied(self) -> Iterator[str]:
        """Those that have no header."""
        for path in walked(self.folder):
            shown = not any(part.startswith("_") for part in PurePosixPath(path).parts)
            if shown and not self._unpublished(path) and self.text(path) is None:
                yield path

    def bodies(self, paths: Collection[str]) -> Callable[[SiteText], str]:
        """Tags of Liquid stand for links; posts are known by their names."""
        posts = {PurePosixPath(path).stem: path for path in paths}
        return lambda text: liquid(text.header.body, posts)

    def text(self, path: str) -> SiteText | None:
        """The text at ``path``; ``None`` for a file that is none: without header, of the theme."""
        parts = PurePosixPath(path).parts
        hidden = next((part for part in parts[:-1] if part.startswith("_")), "")
        posts = "_posts" in parts or "_drafts" in parts
        collection = hidden.removeprefix("_")
        if hidden and not posts and collection not in self.collections:
            return None
        if not posts and PurePosixPath(path).suffix.lower() in OTHERS:
            return None

        def read() -> SiteText | None:
            raw = read_text(self.folder, path)
            if not posts and not raw.lstrip("\n").startswith("---"):
                return None
            if why := self._unpublished(path):
                return kept_out(path, why)
            sort = "posts" if posts else collection
            return self._read(path, self._settled(fenced_header(raw), path, sort), sort)

        return attempted(path, read)

    def _settled(self, header: Header, path: str, sort: str) -> Header:
        """``header`` with the ``defaults`` of the settings that it does not say."""
        applied: list[tuple[int, bool, int, Mapping[str, Any]]] = []
        for rank, rule in enumerate(self.defaults if isinstance(self.defaults, list) else ()):
            scope = mapping(mapping(rule).get("scope"))
            place = word(scope.get("path")).lstrip("/").rstrip("/*")
            type_ = word(scope.get("type"))
            if covers(place, path) and type_ in ("", sort or "pages"):
                values = mapping(mapping(rule).get("values"))
                applied.append((len(place), bool(type_), rank, values))
        precise = sorted(applied, key=lambda rule: rule[:3], reverse=True)
        return settled(header, *(values for *_, values in precise))

    def _unpublished(self, path: str) -> str:
        """Why Jekyll passes over a file that has a header: a setting, or words; "" when it does
        not."""
        name = PurePosixPath(path).name
        if any(covers(pattern, path) for pattern in self.excluded):
            return "exclude"
        if name[0] in _UNREAD:
            return f"son nom commence par « {name[0]} »"
        if "_posts" in PurePosixPath(path).parts and not _DATED.match(name):
            return "son nom ne commence pas par un jour, comme 2020-01-31-…"
        return ""

    def _read(self, path: str, header: Header, sort: str) -> SiteText:
        stem = PurePosixPath(path).stem
        named = _NAMED.fullmatch(stem) if sort == "posts" else None
        name = named[2] if named else stem
        days = self._days(header.text("date"), named[1] if named else "")
        titre = header.text("title", "titre")
        kind = TEXT if sort else STANDING
        if not titre and kind is TEXT:
            titre = " ".join(name.split("-")).capitalize()
        refused = ""
        if not titre:
            refused = "Elle n’a pas de titre : écrivez « title: … » dans son en-tête."
        elif kind is STANDING and (header.text("layout") in _LISTS or not header.body.strip()):
            refused = "C’est une liste que l’ancien site faisait : le portail a les siennes."
        slug = header.text("slug") or name
        categories = self._categories(path, header)
        values = {
            "title": _pretty(slug),
            "slug": jekyll_slug(header.text("slug") or name),
            "name": jekyll_slug(name),
            "categories": "/".join(category.lower() for category in categories),
            "collection": sort,
            "path": PurePosixPath(path).with_suffix("").as_posix().partition("/")[2],
            "basename": stem,
            "output_ext": ".html",
        }
        former, losses = self._former(path, header, values, sort, days)
        return SiteText(
            path=path,
            kind=kind,
            header=header,
            titre=titre or path,
            slug=PurePosixPath(path).parent.name if name == "index" else slug,
            day=days[0],
            langue=header.text("lang", "language", "locale")[:2].lower(),
            said=self._said(path, header, sort, days[0]),
            former=former,
            mots=(*categories, *header.listed("tags", "tag", "keywords", cut=_cut(header))),
            losses=losses,
            refused=refused,
        )

    def _said(self, path: str, header: Header, sort: str, day: str) -> tuple[Said, ...]:
        """What a text says of its publication by its header, its folder, its collection, the name
        of its file."""
        told = {} if header.text("date") else {"date": day}
        if "_drafts" in path.split("/"):
            told["_drafts"] = "true"
        if sort in self.collections and sort != "posts":
            output = word(mapping(self.collections[sort]).get("output"))
            told["collections.output"] = output or "false"
        return said_of("jekyll", header) + said_in("jekyll", told)

    def _categories(self, path: str, header: Header) -> tuple[str, ...]:
        """Those of the folders above ``_posts``, then those of the header."""
        before = path.partition("_posts")[0].strip("/").split("/") if "_posts" in path else ()
        named = header.listed("categories", "category", cut=_cut(header, "categories"))
        return tuple(dict.fromkeys([*filter(None, before), *named]))

    def _former(
        self, path: str, header: Header, values: Mapping[str, str], sort: str, days: Sequence[str]
    ) -> tuple[tuple[str, ...], tuple[Loss, ...]]:
        aliases = tuple(f"/{alias.lstrip('/')}" for alias in header.listed("redirect_from"))
        pattern = header.text("permalink") or self._pattern(path, sort)
        try:
            style = _STYLES.get(pattern, pattern)
            addresses = [rooted(permalink(style, values, day)) for day in days]
        except (KeyError, ValueError):
            return aliases, (unknown_address(pattern),)
        return (*dict.fromkeys(addresses), *aliases), ()

    def _days(self, written: str, named: str) -> list[str]:
        """The day of a text on the clock of its site, that of its file when it says none. Jekyll
        takes an hour without a zone for one of the site, or of UTC, by its quotes: both days."""
        day = of_iso(written, self.zone) or day_of(written) or day_of(named)
        utc = of_iso(f"{written}Z", self.zone) or day
        return [*dict.fromkeys([day[:10], utc[:10]])]

    def _pattern(self, path: str, sort: str) -> str:
        if sort == "posts":
            return self.style
        pattern = word(mapping(self.collections.get(sort)).get("permalink")) if sort else ""
        if pattern:
            return pattern
        bare = PurePosixPath(path).with_suffix("").as_posix().removeprefix("_")
        ended = self.style == "pretty" or self.style.endswith("/")
        return f"/{bare}/" if ended and not bare.endswith("index") else f"/{bare}.html"


def _cut(header: Header, name: str = "tags") -> str:
    """What parts the words of a text: commas, else blanks, as Jekyll reads them."""
    value = header.values.get(name, "")
    return "," if isinstance(value, str) and "," in value else " "


def _pretty(text: str) -> str:
    """The name of a file as ``:title`` shows it (Jekyll, ``slugify`` in mode « pretty »)."""
    return re.sub(r"[^\w.~!$&'()+,;=@-]+", "-", text).strip("-")
