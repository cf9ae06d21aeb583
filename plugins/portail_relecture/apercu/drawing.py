"""Drawing of a preview: pages of what changed, by the templates of the site, in one file."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import PurePosixPath
from types import SimpleNamespace
from urllib.parse import unquote

import rcssmin
from markupsafe import Markup
from msgspec import Struct, field

from portail.diagnostics import PlanError
from portail.outputs.base import Artifact, Derived, Plan, TemplatePage
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.entry.entries import content_pages
from portail.outputs.pictures import plan_medias
from portail.resources import Folder
from portail.site.item import Item
from portail.site.site import Site
from portail.source.medias import PICTURES
from portail.text.addresses import address_parts
from portail.text.dates import jour
from portail.text.normalise import is_number
from portail_pelican.assets import STYLESHEET, part_of, sheets
from portail_pelican.headers import by_ending
from portail_pelican.renderer import Renderer

from .pieces import TITLE, Place, blocks_of, sheets_of, shown
from .story import Fiche, Story
from .words import change_of, changed_rows, counts

# The two romans, each in its two files; the browser slants an italic, 24 kilobytes lighter.
FONTS = tuple(
    f"{face}{end}.woff2" for face in ("bricolage-grotesque", "literata") for end in ("", "-suite")
)

_FACE = re.compile(r"@font-face\s*\{[^{}]*\}")
_TITLE = re.compile(r"(?<![\w.#-])h1(?![\w-])")  # a selector: no value has that word
_URL = re.compile(r"url\(\s*['\"]?([^'\")]*)['\"]?\s*\)")


def styles(theme: Folder, names: Iterable[str]) -> str:
    """The common stylesheet, then ``names`` (``css/fiche.css``), each part once, nothing left to
    fetch. Raises ``PlanError`` when the theme lacks a part or a font."""
    of = sheets(theme)
    parts = [part for name in (STYLESHEET, *sorted(set(names))) for part in of.get(name, ())]
    text = "".join(part_of(theme, part) for part in dict.fromkeys(parts))
    text = _FACE.sub(lambda face: _face(face[0], theme), text)
    text = _TITLE.sub(f".{TITLE}", text)
    text = _URL.sub(lambda url: url[0] if url[1][:5] == "data:" else "url(data:,)", text)
    return str(rcssmin.cssmin(text)).replace("</", "<\\/")


def inlined(data: bytes, kind: str) -> str:
    """``data``, of media type ``kind``, as a ``data:`` URL."""
    return f"data:{kind};base64,{b64encode(data).decode()}"


def _face(rule: str, theme: Folder) -> str:
    url = _URL.search(rule)
    name = ""
    if url:
        name = url[1].rpartition("/")[2]
    if url is None or name not in FONTS:
        return ""
    font = inlined(_read(theme, f"fonts/{name}"), "font/woff2")
    return rule.replace(url[0], f"url({font})")


def _read(theme: Folder, name: str) -> bytes:
    path = theme / f"static/{name}"
    if not path.is_file():
        raise PlanError(f"Le fichier {name} manque dans {path.parent}.")
    return path.read_bytes()


# Characters that all the pictures of a preview may take.
ROOM = 3_000_000

_WIDTHS = (800, 480)
_GROUNDS = "/fonds/"


class Room(Struct):
    """The room for pictures."""

    left: int = ROOM
    tues: int = 0


class Album:
    """Pictures by their site path, made when a page asks for them, as long as there is ``room``."""

    def __init__(self, renderer: Renderer, artifacts: Iterable[Artifact], room: Room) -> None:
        self._renderer = renderer
        self._room = room
        self._drawings: dict[str, TemplatePage] = {}
        self._files: dict[PurePosixPath, list[Derived]] = {}
        for artifact in artifacts:
            if isinstance(artifact, TemplatePage) and artifact.url.endswith(".svg"):
                self._drawings[artifact.url] = artifact
            elif isinstance(artifact, Derived) and artifact.source and not artifact.sources:
                self._files.setdefault(artifact.source, []).append(artifact)
        self._made: dict[str, str] = {}

    def pictures(self, sources: Iterable[PurePosixPath], drawing: str) -> Callable[[str], str]:
        """A function from the URL of a picture in the page of a content to its ``data:`` URL: for a
        file made from ``sources``, its ``drawing``, a base map; else ``""``."""
        files = {file.url: file for source in sources for file in self._files.get(source, ())}

        def inside(address: str) -> str:
            url = self._path(address)
            if url in files:
                return self._held(files[self._lightest(url, files)])
            shown = url == self._path(drawing) or url.startswith(_GROUNDS)
            if shown and url in self._drawings:
                return self._held(self._drawings[url])
            return ""

        return inside

    def shown(self, source: PurePosixPath) -> str:
        files = {file.url: file for file in self._files.get(source, ())}
        if files:
            return self._held(files[self._lightest(min(files), files)])
        return ""

    def _path(self, address: str) -> str:
        base = self._renderer.config.base
        path = unquote(address_parts(address).path)
        if path.startswith(f"{base}/"):
            return path.removeprefix(base)
        return path

    @staticmethod
    def _lightest(url: str, files: Mapping[str, Derived]) -> str:
        stem, _, width = url.rpartition(".")[0].rpartition(".")
        if not is_number(width):
            stem = url
        sizes = (f"{stem}.{width}.webp" for width in _WIDTHS)
        named = (path for path in sorted(files) if path.startswith(stem) and path[-5:] == ".webp")
        return next((path for path in (*sizes, *named) if path in files), url)

    def _held(self, file: Derived | TemplatePage) -> str:
        if file.url not in self._made:
            try:
                data = file.make(()) if isinstance(file, Derived) else self._renderer.render(file)
            except PlanError:
                return ""
            kind = by_ending(file.url.lower())
            self._made[file.url] = inlined(data, kind) if kind.startswith("image/") else ""
        text = self._made[file.url]
        if len(text) > self._room.left:
            self._room.tues += 1
            return ""
        self._room.left -= len(text)
        return text


# The security policy of a preview: to show it, nothing more.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)

# Pages that are drawn: beyond, a preview weighs too much to be opened; words still change.
_PAGES = 60

# The site path of the editors' desk, which previews alone have.
_DESK = "/redaction/"
_SHEETS = ("css/lettre.css", "css/fiche.css")
_LABELS = {
    "nouveau": "Nouveau",
    "modifie": "Modifié",
    "renomme": "Renommé",
    "retire": "Retiré",
    "touche": "Touché",
}


def former_pages(
    site: Site, paths: Iterable[PurePosixPath], renderer: Renderer
) -> dict[PurePosixPath, str]:
    """The published pages of these files, drawn before the store forgets their former texts."""
    wanted = set(paths)
    refs = [item.ref for item in site.items.values() if item.entry.source in wanted]
    pages = list(content_pages(site, *refs[:_PAGES]))
    return {page.source: renderer.render(page).decode() for page in pages if page.source}


class Drawing(Struct, frozen=True, dict=True):
    """The preview of ``story``."""

    story: Story
    before: Site
    after: Site
    plan: Plan
    former: Mapping[PurePosixPath, str]
    renderer: Renderer
    _sheets: set[str] = field(default_factory=lambda: set(_SHEETS))
    _room: Room = field(default_factory=Room)

    @cached_property
    def album(self) -> Album:
        return Album(self.renderer, self.plan, self._room)

    def html(self) -> str:
        """The file. Raises ``PlanError`` when a template fails."""
        pages = self._pages()
        blocs = tuple(self._bloc(fiche, pages) for fiche in self.story.fiches)
        desk = self._desk_shown()
        style = styles(self.renderer.theme, self._sheets)
        cut = sum(bool(fiche.ref and fiche.path not in pages) for fiche in self.story.fiches)
        view = SimpleNamespace(
            nom=self.after.config.nom,
            numero=self.story.options.numero,
            jour=self.story.jour,
            titre=counts(self.story),
            style=Markup(style),  # noqa: S704  (sheets of the theme, which close no tag)
            blocs=blocs,
            tues=self._room.tues,
            coupees=cut,
            politique=POLICY,
            bureau=desk,
        )
        template = self.renderer.environment.get_template("apercu/apercu.html")
        return f"{str(template.render(vue=view)).strip()}\n"

    @cached_property
    def _desk(self) -> TemplatePage | None:
        pages = (page for page in self.plan if isinstance(page, TemplatePage))
        return next((page for page in pages if page.url == _DESK), None)

    def waiting(self) -> tuple[tuple[str, int], ...]:
        sections = getattr(self._desk.view(), "sections", ()) if self._desk else ()
        return tuple((section.titre, section.nombre) for section in sections if section.nombre)

    def _desk_shown(self) -> Markup:
        if self._desk is None:
            return Markup()
        html = self.renderer.render(self._desk).decode()
        self._sheets.update(sheets_of(html))
        place = Place("bureau", 1, self._outward, lambda _: "")
        return Markup(shown(html, place))  # noqa: S704  (drawn by our templates, then stripped)

    def _outward(self, address: str) -> str:
        way = address_parts(address).scheme
        if way in ("mailto", "https", "http"):
            return address
        return self._address(address)

    def _pages(self) -> dict[PurePosixPath, str]:
        refs = [fiche.ref for fiche in self.story.fiches if fiche.ref][:_PAGES]
        pages = content_pages(self.after, *refs)
        return {page.source: self.renderer.render(page).decode() for page in pages if page.source}

    # A content in the preview: its page, its lines in the agenda and the newsletter, the changes of
    # its words and pictures (``data:`` URLs).
    def _bloc(self, fiche: Fiche, pages: Mapping[PurePosixPath, str]) -> SimpleNamespace:
        item = self.after.items.get(fiche.ref)
        page = pages.get(fiche.path, "")
        self._sheets.update(sheets_of(page))
        was = self.former.get(fiche.ancien or fiche.path, "")
        changed = fiche.sorte in ("modifie", "renomme") and page and was
        before, after = changed_rows(blocks_of(was), blocks_of(page)) if changed else ((), ())
        shows = fiche.fichiers and fiche.sorte != "nouveau"
        pictures_before, pictures_after = self._images(fiche) if shows else ((), ())
        letter = fiche.lettre
        return SimpleNamespace(
            fiche=fiche,
            etiquette="À corriger" if fiche.erreurs else _LABELS[fiche.sorte],
            changement=change_of(fiche),
            champs=", ".join(fiche.champs),
            page=self._shown(page, fiche, item),
            agenda=self._fragment("agenda", fiche, item),
            lettre=self._fragment("lettre", fiche, item),
            jour_lettre=jour(letter.jour, semaine=False) if letter else "",
            silence=letter.raison if letter else "",
            avant=before,
            apres=after,
            images_avant=pictures_before,
            images_apres=pictures_after,
        )

    def _shown(self, page: str, fiche: Fiche, item: Item | None) -> Markup:
        if not page or item is None:
            return Markup()
        # Drawn by the templates of the site, where all is escaped, then stripped.
        return Markup(shown(page, self._place(fiche, item, 2)))  # noqa: S704

    def _fragment(self, name: str, fiche: Fiche, item: Item | None) -> Markup:
        if item is None:
            return Markup()
        module = self.renderer.environment.get_template("apercu/lignes.html").module
        if name == "agenda":
            live = item.occurrences and not item.is_over
            html = module.agenda(card_of(self.after, item.ref)) if live else ""  # type: ignore[attr-defined]
        elif fiche.lettre and fiche.lettre.dit:
            html = module.lettre(fiche.lettre)  # type: ignore[attr-defined]
        else:
            html = ""
        place = self._place(fiche, item, 0)
        return Markup(shown(str(html), place)) if html else Markup()  # noqa: S704

    def _place(self, fiche: Fiche, item: Item, below: int) -> Place:
        drawing = card_of(self.after, item.ref).empreinte
        pictures = self.album.pictures(item.medias.values(), drawing)
        return Place(f"p{fiche.rang}", below, self._address, pictures)

    def _address(self, address: str) -> str:
        config = self.after.config
        path = address_parts(address).path.removeprefix(config.base)
        inside = address.startswith("/") and not address.startswith("//")
        published = inside and config.siteurl and path in self._published
        if published:
            return f"{config.siteurl}{path}"
        return ""

    @cached_property
    def _published(self) -> frozenset[str]:
        return frozenset(item.url for item in self.before.items.values())

    def _images(self, fiche: Fiche) -> tuple[tuple[str, ...], tuple[str, ...]]:
        paths = [path for path in fiche.fichiers if path.suffix.lower() in PICTURES]
        medias = [file for file in plan_medias(self.before) if file.source in paths]
        former = Album(self.renderer, medias, self._room)
        was = (former.shown(path) for path in paths)
        now = (self.album.shown(path) for path in paths)
        return tuple(filter(None, was)), tuple(filter(None, now))
