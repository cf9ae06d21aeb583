"""From a text of another generator to the fields of its file here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from portail.features.intake.entetes.pelican import LANGUAGE
from portail.features.intake.importer.kinds import TEXT
from portail.features.intake.importer.sites.headers import PUBLISHED, Header, Value, day_of, iso_day
from portail.features.intake.importer.sites.texts import SiteText
from portail.features.intake.importer.sources.fitting import Fitting
from portail.features.intake.importer.sources.items import Loss
from portail.features.intake.importer.sources.moments import day_in
from portail.features.intake.importer.sources.places import Portal, names_of
from portail.features.intake.importer.sources.prose import (
    SUMMARY,
    TITLE,
    clear,
    listed,
    short_words,
    shortened,
    summary_of,
    text_of,
)
from portail.features.services.notations.likeness import without_marks
from portail.text.excerpts import cut
from portail.text.normalise import name_key

_BEGINNING = 20_000
_MORE = re.compile(r"<!--\s*(?:more|excerpt|PELICAN_END_SUMMARY|\s*read\s*more\s*)\s*-->", re.I)
_ASIDE = re.compile(r"<(h[1-6]|pre|figure|table|style|script)\b.*?</\1>", re.DOTALL)
_CALL = re.compile(r'<a class="footnote-ref"[^>]*>[^<]*</a>')
SUMMARIES = ("resume", "summary", "description", "excerpt", "abstract")
_MODIFIED = ("modified", "lastmod", "last_modified_at", "updated", "modifie")
_READ_ELSEWHERE = frozenset(
    "title titre date slug lang language locale tags tag keywords categories category author "
    "authors auteur auteurs url save_as aliases permalink redirect_from "
    "pubdate langue publie_le".split()
).union(SUMMARIES, _MODIFIED)
"""Keys with a reader of their own: they are neither copied by name nor reported as lost."""
_SILENT = frozenset(
    "layout template translation translationkey type weight menu nav_order toc markup comments "
    "math mathjax katex output_ext sitemap search_exclude iscjklanguage archive".split()
)
"""Keys that only drive a generator: dropping them is no loss."""
_PICTURES = frozenset("image images cover thumbnail featured_image header_image og_image".split())
_NO_CREDIT = "l’ancien site ne dit pas de qui elle est"
_FROM_BEGINNING = "fait du début du texte"


class Keys(Struct, frozen=True):
    """What the person who imports a site says of its header keys."""

    renamed: Mapping[str, str] = {}
    """From a key of the site to a field of the portal."""
    left: frozenset[str] = frozenset()


def fields_of(
    text: SiteText, html: str, ids: tuple[str, str], portal: Portal, keys: Keys, author: str
) -> tuple[Mapping[str, Any], tuple[Loss, ...]]:
    """The fields of the file of ``text``, whose body is ``html``, and what is lost of them.

    ``ids`` is its namespace and identifier, ``author`` the default author of its site.
    """
    reader = _Reader(text, html, portal, keys, author)
    fitting = Fitting(text.kind, portal)
    values = fitting.fitted({**reader.values(), "ids_externes": {ids[0]: ids[1]}})
    return values, tuple(dict.fromkeys([*text.losses, *reader.losses, *fitting.losses]))


class _Reader:
    def __init__(self, text: SiteText, html: str, portal: Portal, keys: Keys, author: str) -> None:
        self.text = text
        self.html = html
        self.portal = portal
        self.author = author
        self.fields: Mapping[str, Any] = portal.schema(text.kind)["properties"]
        values: dict[str, Value] = {}
        for key, value in text.header.values.items():
            values.setdefault(keys.renamed.get(key, key), value)
        self.header = Header(values, "")
        self.left = keys.left
        self.losses: list[Loss] = []

    def values(self) -> dict[str, Any]:
        """Fields of ours, not yet within their limits."""
        values = {**self._own(), **self._words()}
        titre = shortened("titre", clear(self.text.titre), TITLE, self.losses)
        values |= {"titre": titre, "resume": self._summary(), **self._days()}
        values["auteurs"] = [*names_of(self._authors(), self.portal)]
        if self.text.langue not in ("", "fr"):
            values["langue"] = self.text.langue
        if self.text.publication.is_draft:
            values["statut"] = "brouillon"
        self.losses += [Loss(*remark, review=True) for remark in self.text.publication.remarks]
        values["anciennes_urls"] = [*self.text.former]
        return {name: value for name, value in values.items() if value}

    def _own(self) -> dict[str, Any]:
        """Keys that are fields of the portal; the others are losses."""
        values: dict[str, Any] = {}
        for key, value in self.header.values.items():
            read = key in _READ_ELSEWHERE or any(key == it.key.lower() for it in self.text.said)
            if read or key in _SILENT or key in self.left or not value:
                continue
            group = self.fields.get(key, {}).get("type") == "object"
            if key in self.fields and (isinstance(value, Mapping) or not group):
                several = self.fields[key].get("type") == "array" and isinstance(value, str)
                values[key] = [*self.header.listed(key)] if several else value
            else:
                shown = value if isinstance(value, str) else "…"
                reason = _NO_CREDIT if key in _PICTURES else "aucun champ ne le prend"
                self.losses.append(Loss(key, shown[:200], reason))
        return values

    def _summary(self) -> str:
        if summary := self.header.text(*SUMMARIES):
            return shortened("résumé", without_marks(clear(summary)), SUMMARY, self.losses)
        begun = self.html[:_BEGINNING]
        more = _MORE.search(begun)
        summary = _CALL.sub("", _ASIDE.sub("", begun[: more.start()] if more else begun))
        plain = text_of(summary)
        beginning = cut(" ".join(plain.split()), SUMMARY) if more and plain else summary_of(plain)
        if beginning:
            self.losses.append(Loss("résumé", beginning, _FROM_BEGINNING, review=True))
        return beginning

    def _days(self) -> dict[str, str]:
        day = self.portal.day
        written = self.header.text(*PUBLISHED, "date")
        written_day = day_in(iso_day(written)) or day_in(self.text.day)
        first = day_in(self.text.publication.day) or min(written_day or day, day)
        if written_day is None and self.text.kind is TEXT:
            reason = "ce n’est pas un jour : celui de l’import"
            self.losses.append(Loss("publié le", written, reason, review=True))
        values = {"publie_le": first.isoformat()}
        changed = day_in(day_of(self.header.text(*_MODIFIED)))
        if changed and first < changed <= day:
            values["modifie"] = changed.isoformat()
        return values

    def _authors(self) -> list[str]:
        names = [*self.header.listed("auteurs", "authors")]
        for name in ("author", "auteur"):
            value = self.header.values.get(name, "")
            value = value.get("name", "") if isinstance(value, Mapping) else value
            names += [row.strip() for row in listed(value) if isinstance(row, str)]
        by_default = [self.author] if self.author and self.text.kind is TEXT else []
        return [*dict.fromkeys(filter(None, names))] or by_default

    def _words(self) -> dict[str, Any]:
        """Key words, those that are terms of a list in their fields."""
        values: dict[str, Any] = {}
        words = [clear(word).removeprefix("#") for word in self.text.mots]
        if self.text.langue:
            words = [word for word in words if not LANGUAGE.fullmatch(word)]
        for name in ("genre", "themes"):
            if name not in self.fields or name in self.header.values:
                continue
            terms = self.portal.terms(self.text.kind, name)
            codes = [terms[key] for word in words if (key := name_key(word)) in terms]
            several = self.fields[name].get("type") == "array"
            taken = [*dict.fromkeys(codes)][: 3 if several else 1]
            words = [word for word in words if terms.get(name_key(word)) not in taken]
            values[name] = taken if several else next(iter(taken), "")
        words = short_words(words, self.losses)
        if "mots_cles" not in self.header.values:
            values["mots_cles"] = words
        return values
