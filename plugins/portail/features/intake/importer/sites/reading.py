"""A whole site of Pelican, Jekyll or Hugo: its texts, then each of them as a file here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from portail.features.intake.importer.sites import bodies, hugo, jekyll, pelican
from portail.features.intake.importer.sites.compose import Keys, fields_of
from portail.features.intake.importer.sites.headers import day_of
from portail.features.intake.importer.sites.links import Links, Site
from portail.features.intake.importer.sites.medias import Medias
from portail.features.intake.importer.sites.paths import key_of
from portail.features.intake.importer.sites.settings import mapping, settings_of, word
from portail.features.intake.importer.sites.texts import HTML, SiteText
from portail.features.intake.importer.sites.writing import body_of
from portail.features.intake.importer.sources.items import Loss
from portail.features.intake.importer.sources.places import Portal
from portail.model.kinds import BY_FOLDER
from portail.text.normalise import SLUG_LENGTH, slug_of_filename, slugify
from portail.text.public import Fate, publication

NAMES: Mapping[str, str] = {"pelican": "Pelican", "jekyll": "Jekyll", "hugo": "Hugo"}
_TEXTS: Mapping[str, Callable[[Path, Mapping[str, Any]], Iterator[SiteText]]] = {
    "pelican": pelican.texts,
    "jekyll": jekyll.texts,
    "hugo": hugo.texts,
}

_FEW = 3


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
        self.folder = folder
        self.generator = generator
        self.settings = settings_of(folder, generator)
        site_url = word(
            self.settings.get({"pelican": "SITEURL", "jekyll": "url"}.get(generator, "baseurl"))
        )
        base = word(self.settings.get("baseurl")).rstrip("/") if generator == "jekyll" else ""
        self.siteurl = address or (site_url.rstrip("/") + base if "://" in site_url else "")
        self.base = base or urlsplit(self.siteurl).path.rstrip("/")
        texts = _TEXTS[generator](folder, self.settings)
        self.texts = [*_answered(_judged(text, day, left) for text in texts)]
        self.reader = bodies.Reader(self.settings.get("MARKDOWN"))

    def identifier(self, text: SiteText) -> str:
        """What tells a text from all others at each import: its path, its site when it is known."""
        host = urlsplit(self.siteurl).hostname
        return f"{host}/{text.path}" if host else text.path

    @property
    def author(self) -> str:
        """Who signs what no one signs."""
        if self.generator == "pelican":
            return word(self.settings.get("AUTHOR"))
        named = self.settings.get("author") or mapping(self.settings.get("params")).get("author")
        return word(mapping(named).get("name")) or word(named)

    @property
    def notes(self) -> Iterator[str]:
        """What is not read of the settings, in French lines."""
        if not self.siteurl:
            yield "L’adresse de l’ancien site n’est pas dans ses réglages : --adresse https://…"
        if self.generator == "pelican":
            if self.reader.unknown:
                named = ", ".join(self.reader.unknown)
                yield f"Extensions de Markdown qui ne sont pas lues : {named}."
            for name in pelican.unfollowed(self.settings):
                yield f"{name} n’est pas suivi : vérifiez « anciennes_urls »."
        if copied := [*self._as_they_are()]:
            number = f"{len(copied)} page{'s' * (len(copied) > 1)}"
            few = ", ".join(copied[:_FEW]) + ("…" if len(copied) > _FEW else "")
            yield f"Ce que l’ancien site copiait tel quel n’est pas repris : {number} ({few})."

    def _as_they_are(self) -> Iterator[str]:
        """Pages that the site copied as they are: no generator read them."""
        if self.generator == "jekyll":
            return jekyll.as_they_are(self.folder, self.settings)
        return hugo.as_they_are(self.folder) if self.generator == "hugo" else iter(())

    def roots(self) -> tuple[str, ...]:
        """Folders whose files had addresses of the site."""
        if self.generator == "pelican":
            content = pelican.content_of(self.folder, self.settings)
            return (content, f"{content}/extra", f"{content}/static")
        return ("static", "assets", "") if self.generator == "hugo" else ("",)

    def site(self, refs: Mapping[str, str]) -> Site:
        """What texts know of one another; ``refs`` gives the reference of each by its path."""
        addresses = {
            key_of(address): refs[text.path]
            for text in reversed(self.texts)
            if text.path in refs
            for address in text.former
        }
        here = {key_of(url_of(ref)): ref for ref in refs.values()}
        content = pelican.content_of(self.folder, self.settings) * (self.generator == "pelican")
        medias = Medias(self.folder, self.roots())
        return Site(self.siteurl, self.base, medias, content, {**here, **addresses}, refs, here)

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

    @property
    def posts(self) -> Mapping[str, str]:
        """Paths of the posts of Jekyll, by what ``post_url`` names."""
        return {PurePosixPath(text.path).stem: text.path for text in self.texts}

    def html(self, text: SiteText) -> tuple[str, bool]:
        """The body of a text, and whether it is as its site showed it."""
        body = text.header.body
        plain = PurePosixPath(text.path).suffix.lower() in HTML
        if self.generator == "pelican":
            return (body, True) if plain else self.reader.html(body)
        if self.generator == "jekyll":
            body = bodies.liquid(body, self.posts)
        else:
            body = bodies.shortcodes(body, self._finder(text))
        if plain:
            return body, True
        return bodies.commonmark(body, kramdown=self.generator == "jekyll"), True

    def _finder(self, text: SiteText) -> Callable[[str], str]:
        """What a ``ref`` of Hugo written in ``text`` names, by its path."""
        paths = {site_text.path for site_text in self.texts}
        roots = [root.path for root in hugo.roots_of(self.settings)]

        def find(named: str) -> str:
            bare = named.partition("#")[0].strip("/")
            ends = ("", ".md", "/index.md", ".html")
            tried = (f"{root}/{bare}{end}" for root in (text.folder, *roots) for end in ends)
            if exact := next((path for path in tried if path in paths), ""):
                return exact
            same = [path for path in paths if f"/{path}".endswith((f"/{bare}", f"/{bare}.md"))]
            return same[0] if len(same) == 1 and bare else ""

        return find

    def moved(self, text: SiteText, site: Site, portal: Portal, keys: Keys) -> Moved:
        """What the file of a text says here."""
        if text.refused:
            return Moved(values={})
        html, same = self.html(text)
        ids = self.generator, self.identifier(text)
        text = _elsewhere(text, site)
        values, lost = fields_of(text, html, ids, portal, keys, self.author)
        links = Links(site, text)
        body = body_of(html, links)
        loss = Loss("texte", "", "trop de signes : lu comme du Markdown ordinaire", review=True)
        losses = (*lost, *body.losses, *([] if same else [loss]))
        used = {place: path for place, path in links.used.items() if place in body.markdown}
        return Moved(values=values, body=body.markdown, losses=losses, medias=used)


def _judged(text: SiteText, day: date, left: Collection[str]) -> SiteText:
    """``text`` with what becomes of it; what was not shown had no address."""
    told = publication(text.said, day, left)
    text = replace(text, publication=told, refused=text.refused or told.refusal)
    if told.fate is Fate.LEFT:
        return replace(text, titre=text.path)
    return text if told.fate is Fate.READY else replace(text, former=(), losses=())


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
