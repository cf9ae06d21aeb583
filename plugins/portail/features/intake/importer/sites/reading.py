"""A whole site of Pelican, Jekyll or Hugo: its texts, then each of them as a file here."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from portail.features.intake.importer.embargo import embargo_in, may_be_under_embargo
from portail.features.intake.importer.sites.compose import SUMMARIES, Keys, fields_of
from portail.features.intake.importer.sites.headers import day_of
from portail.features.intake.importer.sites.hugo import Hugo
from portail.features.intake.importer.sites.jekyll import Jekyll
from portail.features.intake.importer.sites.links import Links, Site
from portail.features.intake.importer.sites.medias import Medias
from portail.features.intake.importer.sites.paths import key_of
from portail.features.intake.importer.sites.pelican import Pelican
from portail.features.intake.importer.sites.settings import settings_of, word
from portail.features.intake.importer.sites.texts import Generator, SiteText
from portail.features.intake.importer.sites.writing import body_of
from portail.features.intake.importer.sources.addresses import ERROR_PAGE, is_error_page
from portail.features.intake.importer.sources.items import Loss
from portail.features.intake.importer.sources.places import Portal
from portail.features.intake.importer.sources.prose import clear, text_of
from portail.model.kinds import BY_FOLDER
from portail.text.normalise import SLUG_LENGTH, slug_of_filename, slugify
from portail.text.public import Fate, Said, publication

_GENERATORS: Mapping[str, type[Generator]] = {
    "pelican": Pelican,
    "jekyll": Jekyll,
    "hugo": Hugo,
}
_FEW = 3
_PAGES = frozenset({"content", "pages", "page", "src"})
"""Folders of pages that no address says."""


class Moved(Struct, frozen=True, kw_only=True):
    """A text as its file here, its losses, and the files it needs."""

    values: Mapping[str, Any]
    body: str = ""
    losses: tuple[Loss, ...] = ()
    medias: Mapping[str, str] = field(default_factory=dict)
    """From places among the contents (``medias/…``) to paths in the folder of the site."""


class OldSite:
    """The folder of a site. Raises ``Refused`` for settings that cannot be read."""

    def __init__(
        self,
        folder: Path,
        generator: str,
        day: date,
        address: str = "",
        left: Collection[str] = frozenset(),
    ) -> None:
        """``address`` is where it was, when its settings do not say it; ``left``, keys whose words
        say nothing of publication when they are not known."""
        self.generator = generator
        settings = settings_of(folder, generator)
        self.made = made = _GENERATORS[generator](folder, settings)
        site_url = word(settings.get(made.url))
        self.siteurl = address or (site_url.rstrip("/") + made.base if "://" in site_url else "")
        self.base = made.base or urlsplit(self.siteurl).path.rstrip("/")
        texts = (_without_errors(text, self.base, made.content) for text in made.texts())
        self.texts = [*_answered(_judged(text, day, left) for text in texts)]
        self.body = made.bodies(dict.fromkeys(text.path for text in self.texts))

    def identifier(self, text: SiteText) -> str:
        """What tells a text from all others at each import: its path, its site when it is known."""
        host = urlsplit(self.siteurl).hostname
        return f"{host}/{text.path}" if host else text.path

    @property
    def notes(self) -> Iterator[str]:
        """What is not read of the settings, in French lines."""
        if not self.siteurl:
            yield "L’adresse de l’ancien site n’est pas dans ses réglages : --adresse https://…"
        yield from self.made.notes
        if copied := [*self.made.copied()]:
            number = f"{len(copied)} page{'s' * (len(copied) > 1)}"
            few = ", ".join(copied[:_FEW]) + ("…" if len(copied) > _FEW else "")
            yield f"Ce que l’ancien site copiait tel quel n’est pas repris : {number} ({few})."

    def site(self, refs: Mapping[str, str]) -> Site:
        """What texts know of one another; ``refs`` gives the reference of each by its path."""
        addresses = {
            key_of(address): refs[text.path]
            for text in reversed(self.texts)
            if text.path in refs
            for address in text.former
        }
        here = {key_of(url_of(ref)): ref for ref in refs.values()}
        made = self.made
        medias = Medias(made.folder, made.roots)
        every = {**here, **addresses}
        return Site(self.siteurl, self.base, medias, made.content, every, refs, here)

    def names(self) -> dict[str, str]:
        """A name for each readable text, by path, unique within its kind: texts with the same slug
        get their language, day or a number."""
        by_name: dict[tuple[str, str], list[SiteText]] = {}
        for text in self.texts:
            if not text.refused:
                by_name.setdefault((text.kind.value, _name(text)), []).append(text)
        taken = {key for key in by_name if len(by_name[key]) == 1}
        named = {by_name[key][0].path: key[1] for key in taken}
        for (kind, name), texts in by_name.items():
            for text in texts if len(texts) > 1 else ():
                own = next(
                    candidate
                    for candidate in _apart(name, text, texts)
                    if (kind, candidate) not in taken
                )
                taken.add((kind, own))
                named[text.path] = own
        return named

    def moved(self, text: SiteText, site: Site, portal: Portal, keys: Keys) -> Moved:
        """What the file of a text says here."""
        if text.refused:
            return Moved(values={})
        body = self.body(text)
        html, same = (body, True) if text.is_html else self.made.html(body)
        ids = self.generator, self.identifier(text)
        text = _elsewhere(text, site)
        values, lost = fields_of(text, html, ids, portal, keys, self.made.author)
        links = Links(site, text)
        written = body_of(html, links)
        loss = Loss("texte", "", "trop de signes : lu comme du Markdown ordinaire", review=True)
        losses = (*lost, *written.losses, *([] if same else [loss]))
        used = {place: path for place, path in links.used.items() if place in written.markdown}
        return Moved(values=values, body=written.markdown, losses=losses, medias=used)


def _without_errors(text: SiteText, base: str, content: str) -> SiteText:
    """``text``, left out when it is the page that the site, under ``base``, showed for what it had
    not; ``content`` is the folder of its texts."""
    own = PurePosixPath(text.path.removeprefix(f"{content}/"))
    folders = [part.strip("_") for part in own.parts[:-1]]
    named = [part for part in folders if part not in _PAGES] + [own.stem.partition(".")[0]]
    places = ["/".join(named), *(address.removeprefix(base) for address in text.former)]
    if not any(map(is_error_page, places)):
        return text
    return replace(text, refused=ERROR_PAGE, former=(), losses=())


def _judged(text: SiteText, day: date, left: Collection[str]) -> SiteText:
    """``text`` with what becomes of it; what was not shown had no address."""
    told = publication([*text.said, *_embargo(text)], day, left)
    text = replace(text, publication=told, refused=text.refused or told.refusal)
    if told.fate is Fate.LEFT:
        return replace(text, titre=text.path)
    return text if told.fate is Fate.READY else replace(text, former=(), losses=())


def _embargo(text: SiteText) -> tuple[Said, ...]:
    """What a text says of an embargo."""
    summary = text.header.text(*SUMMARIES)
    if not may_be_under_embargo(f"{text.titre} {summary} {text.header.body}"):
        return ()
    body = text_of(text.header.body) if text.is_html else text.header.body
    return embargo_in(clear(text.titre), body, clear(summary))


def _answered(texts: Iterator[SiteText]) -> Iterator[SiteText]:
    """``texts``; a former address that several have stays with the first one."""
    owners: dict[str, str] = {}
    for text in texts:
        addresses = []
        losses = []
        for address in dict.fromkeys(text.former):
            owner = owners.setdefault(key_of(address).lower(), text.path)
            if owner == text.path:
                addresses.append(address)
            else:
                losses.append(_owned(address, owner))
        yield replace(text, former=tuple(addresses), losses=(*text.losses, *losses))


def _elsewhere(text: SiteText, site: Site) -> SiteText:
    """``text`` without former addresses that a content here already has: nothing is lost if it is
    the text's own new address, otherwise a loss says whose it is."""
    own = url_of(site.files[text.path]) if text.path in site.files else ""
    former = [
        address for address in text.former if (bare := address.strip("/")) and bare not in site.here
    ]
    losses = [
        _owned(address, site.here.get(address.strip("/"), "l’accueil"))
        for address in text.former
        if address not in former and address.strip("/") != own.strip("/")
    ]
    return replace(text, former=tuple(former), losses=(*text.losses, *losses))


def _owned(address: str, owner: str) -> Loss:
    return Loss("ancienne adresse", address, f"c’est celle de « {owner} »")


def url_of(ref: str) -> str:
    """The address of a content here, by its reference."""
    folder, _, slug = ref.partition("/")
    return BY_FOLDER[folder].info.url(slug)


def _name(text: SiteText) -> str:
    return slugify(slug_of_filename(text.slug)) or slugify(text.titre) or "texte"


def _apart(name: str, text: SiteText, texts: Sequence[SiteText]) -> Iterator[str]:
    """Names to try for a text whose name is already taken, best first."""
    same = [site_text for site_text in texts if site_text.langue == text.langue]
    if text.langue and len(same) < len(texts):
        if len(same) == 1:
            yield _with(name, "" if text.langue == "fr" else text.langue)
        name = _with(name, text.langue)
    days = dict.fromkeys(filter(None, (text.day, day_of(PurePosixPath(text.path).name))))
    yield from (_with(name, day) for day in days)
    yield from (_with(name, str(rank)) for rank in range(2, len(texts) + 3))


def _with(name: str, more: str) -> str:
    if not more:
        return name
    return f"{name[: SLUG_LENGTH - len(more) - 1].rstrip('-')}-{more}"
