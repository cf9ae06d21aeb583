"""A site of Pelican: which of its files are texts, what their headers say, where they were."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from portail.diagnostics import Refused
from portail.features.intake.entetes.pelican import LANGUAGE
from portail.features.intake.entetes.slugs import PELICAN_SUBSTITUTIONS, pelican_slug
from portail.features.intake.importer.kinds import STANDING, TEXT
from portail.features.intake.importer.sites.bodies import Reader
from portail.features.intake.importer.sites.headers import (
    Header,
    day_of,
    html_header,
    pelican_header,
    plain_values,
    said_of,
)
from portail.features.intake.importer.sites.inherited import is_within, settled
from portail.features.intake.importer.sites.paths import filled, rooted
from portail.features.intake.importer.sites.settings import SHOWN, word
from portail.features.intake.importer.sites.texts import (
    Generator,
    SiteText,
    attempted,
    is_html,
    kept_out,
    read_text,
    unknown_address,
    walked,
)
from portail.features.intake.importer.sources.items import Loss
from portail.model.kinds import Kind
from portail.text.public import Said

_DEFAULTS = {
    "ARTICLE_URL": "{slug}.html",
    "ARTICLE_LANG_URL": "{slug}-{lang}.html",
    "PAGE_URL": "pages/{slug}.html",
    "PAGE_LANG_URL": "pages/{slug}-{lang}.html",
}
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})")
_FOLLOWED = re.compile(
    r"(?:\(\?P<date>\\d\{4\}-\\d\{2\}-\\d\{2\}\)(?:[-_]|\[[-_]+\])?\??)?"
    r"(?:\(\?P<slug>\.[*+]\)|\.\*)?\$?"
)
"""The ``FILENAME_METADATA`` that are understood: a day, a slug, or both."""
_PATTERNS = ("FILENAME_METADATA", "PATH_METADATA")
"""Expressions that take what a text says from its path."""
_UNFOLLOWED = (
    "PATH_METADATA",
    "SLUG_REGEX_SUBSTITUTIONS",
    "SLUGIFY_USE_UNICODE",
    "SLUGIFY_PRESERVE_CASE",
)
"""Settings that change addresses and are not supported."""


class Pelican(Generator):
    """A site of Pelican."""

    url = "SITEURL"

    def __init__(self, folder: Path, settings: Mapping[str, Any]) -> None:
        super().__init__(folder, settings)
        self.content = self._content()
        self.roots = (self.content, f"{self.content}/extra", f"{self.content}/static")
        self.reader = Reader(settings.get("MARKDOWN"))
        self.pages = _names(settings.get("PAGE_PATHS"), ("pages",))
        self.articles = _names(settings.get("ARTICLE_PATHS"), ("",))
        self.excluded = {
            name: _names(settings.get(name), ()) for name in ("PAGE_EXCLUDES", "ARTICLE_EXCLUDES")
        }
        stated = [name for name in _PATTERNS if "(?P<status>" in word(settings.get(name))]
        self.unread = [*(name for name in sorted(SHOWN) if not _is_read(name, settings)), *stated]
        self.ignored = _names(settings.get("IGNORE_FILES"), ("__pycache__",))
        self.langue = word(settings.get("DEFAULT_LANG")).lower()
        self.source = word(settings.get("SLUGIFY_SOURCE")) or "title"
        self.named = "(?P<slug>" in word(settings.get("FILENAME_METADATA"))
        readers = settings.get("READERS")
        self.unread_html = isinstance(readers, Mapping) and readers.get("html", True) is None

    def _content(self) -> str:
        """The folder of the texts: ``PATH``, else ``content`` when it is there."""
        named = word(self.settings.get("PATH")) or "content"
        inner = PurePosixPath(named.removeprefix("./").strip("/") or ".")
        there = self.folder / inner
        if inner.is_absolute() or ".." in inner.parts or not there.is_dir() or there.is_symlink():
            return ""
        return "" if inner == PurePosixPath(".") else inner.as_posix()

    @property
    def author(self) -> str:
        """Its setting ``AUTHOR``."""
        return word(self.settings.get("AUTHOR"))

    @property
    def notes(self) -> Iterator[str]:
        """Extensions of Markdown, then settings, that are not followed."""
        if self.reader.unknown:
            named = ", ".join(self.reader.unknown)
            yield f"Extensions de Markdown qui ne sont pas lues : {named}."
        names = [name for name in _UNFOLLOWED if self.settings.get(name)]
        pattern = word(self.settings.get("FILENAME_METADATA"))
        if pattern and not _FOLLOWED.fullmatch(pattern):
            names.insert(0, "FILENAME_METADATA")
        for name in names:
            yield f"{name} n’est pas suivi : vérifiez « anciennes_urls »."

    def texts(self) -> Iterator[SiteText]:
        """Those of its folder of contents that it published. Raises ``Refused``."""
        for path in walked(self.folder / self.content):
            whole = f"{self.content}/{path}".lstrip("/")
            if setting := self._unpublished(path):
                yield kept_out(whole, setting)
            else:
                yield attempted(whole, partial(self.text, whole, path))

    def _is_page(self, path: str) -> bool:
        return any(is_within(path, folder) for folder in self.pages if folder)

    def _unpublished(self, path: str) -> str:
        """The setting that keeps a file out of the site; "" for none."""
        parts = PurePosixPath(path).parts
        if any(fnmatch(part, pattern) for part in parts for pattern in self.ignored):
            return "IGNORE_FILES"
        page = self._is_page(path)
        name = "PAGE_EXCLUDES" if page else "ARTICLE_EXCLUDES"
        if any(is_within(path, folder) for folder in self.excluded[name] if folder):
            return name
        if not page and not any(is_within(path, folder) for folder in self.articles):
            return "ARTICLE_PATHS"
        return ""

    def _settled(self, header: Header, path: str) -> Header:
        """``header`` with what the settings say of its file, of its folders, of all texts."""
        by_path = _metadata(self.settings.get("EXTRA_PATH_METADATA"))
        named = sorted((it for it in by_path if is_within(path, it.strip("/"))), key=len)
        groups = [_metadata(by_path[it]) for it in reversed(named)]
        default = _metadata(self.settings.get("DEFAULT_METADATA"))
        return settled(header, *map(plain_values, [*groups, default]))

    def html(self, body: str) -> tuple[str, bool]:
        """What Python-Markdown makes of it, with the extensions of the site."""
        return self.reader.html(body)

    def text(self, whole: str, path: str) -> SiteText:
        """The text at ``path`` under the folder of contents. Raises ``Refused``."""
        if self.unread_html and is_html(path):
            raise Refused(
                "L’ancien site le publiait tel quel (READERS) : le portail n’en a pas l’usage."
            )
        read = html_header if is_html(path) else pelican_header
        header = self._settled(read(read_text(self.folder, whole)), path)
        kind = STANDING if self._is_page(path) else TEXT
        titre = header.text("title", "titre")
        if not titre:
            line = "une balise « title »" if is_html(path) else "une ligne « Title: … »"
            raise Refused(f"Il n’a pas de titre : écrivez {line} en tête.")
        stem = PurePosixPath(path).stem
        day = day_of(header.text("date"))
        if not day and (match := _DAY.match(stem)):
            day = day_of(match[1])
        slug = header.text("slug") or self.slug_of(titre, stem)
        category = header.text("category") or self.category_of(path)
        words = header.listed("tags", "keywords")
        lang = header.text("lang").lower() or self.langue
        values = {"slug": slug, "lang": lang, "category": self.slug(category or "misc")}
        values["author"] = self.slug(header.text("author", "authors"))
        former, losses = self.former(header, kind, values, day)
        return SiteText(
            path=whole,
            kind=kind,
            header=header,
            titre=titre,
            slug=slug,
            day=day,
            langue=header.text("lang").lower() or _language(words) or self.langue,
            said=(*said_of("pelican", header), *self._unknown()),
            former=former,
            mots=(*([category] if category else ()), *words),
            losses=losses,
        )

    def _unknown(self) -> Iterator[Said]:
        """Settings that may keep any text out, which are not read."""
        said = ((name, word(self.settings.get(name))) for name in self.unread)
        return (Said(name, "etat", value or "valeur calculée") for name, value in said)

    def slug_of(self, titre: str, stem: str) -> str:
        """The slug of a text that does not say it."""
        if self.source == "basename" or self.named:
            return re.sub(r"^\d{4}-\d{2}-\d{2}[-_]?", "", stem) if self.named else stem
        return self.slug(titre)

    def slug(self, text: str) -> str:
        """The slug that Pelican makes of a title."""
        return pelican_slug(text, PELICAN_SUBSTITUTIONS)

    def category_of(self, path: str) -> str:
        """The folder of a text, where the site takes it for its category."""
        parent = PurePosixPath(path).parent.name
        follows = self.settings.get("USE_FOLDER_AS_CATEGORY", True)
        return parent if follows and parent not in self.pages else ""

    def former(
        self, header: Header, kind: Kind, values: Mapping[str, str], day: str
    ) -> tuple[tuple[str, ...], tuple[Loss, ...]]:
        """The former addresses of the text, or the loss that says why they are unknown."""
        if own := header.text("url", "save_as"):
            return (f"/{own.lstrip('/')}",), ()
        name = "ARTICLE" if kind is TEXT else "PAGE"
        inner = "" if values["lang"] == self.langue else "LANG_"
        patterns = [
            word(self.settings.get(f"{name}_{inner}{end}", _DEFAULTS.get(f"{name}_{inner}{end}")))
            for end in ("URL", "SAVE_AS")
        ]
        addresses: list[str] = []
        for pattern in filter(None, patterns):
            try:
                addresses.append(rooted(filled(pattern, values, day)))
            except (KeyError, ValueError):
                return (), (unknown_address(pattern),)
        return tuple(dict.fromkeys(addresses)), ()


def _language(words: Sequence[str]) -> str:
    """The one language that key words tell."""
    languages = [match[1].lower() for word in words if (match := LANGUAGE.fullmatch(word))]
    return languages[0] if len(languages) == 1 else ""


def _names(value: object, default: Sequence[str]) -> tuple[str, ...]:
    rows = value if isinstance(value, list | tuple) else default
    return tuple(row.strip("/") for row in rows if isinstance(row, str))


def _metadata(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _is_read(name: str, settings: Mapping[str, Any]) -> bool:
    """Whether a setting that says which texts are published is there as it must be, or not."""
    value = settings.get(name)
    return not value or isinstance(value, Mapping if name.endswith("METADATA") else list | tuple)
