"""Drawing of a preview: the pages of what changed, by the templates of the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from markupsafe import Markup

from portail.cli.apercu.phrases import change_of, counts
from portail.cli.apercu.pieces import Place, blocks_of, sheets_of, shown
from portail.cli.apercu.story import Fiche, Story
from portail.cli.apercu.words import changed_rows
from portail.outputs.base import Plan
from portail.outputs.medias import MediasOutput
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.contents import content_pages
from portail.site.item import Item
from portail.site.site import Site
from portail.source.medias import PICTURES
from portail.text.dates import jour
from portail_pelican.apercu.album import Album, Room
from portail_pelican.apercu.style import styles
from portail_pelican.apercu.views import ApercuView, Bloc
from portail_pelican.renderer import Renderer

__all__ = ["POLICY", "Drawing", "former_pages"]

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)
"""What a browser may do with a preview: show it."""

_PAGES = 60
"""Pages that are drawn: beyond, a preview weighs too much to be opened; words still change."""

_SHEETS = ("css/lettre.css", "css/fiche.css")
_LABELS = {
    "nouveau": "Nouveau", "modifie": "Modifié", "renomme": "Renommé", "retire": "Retiré",
    "touche": "Touché",
}  # fmt: skip


def former_pages(
    site: Site, paths: Iterable[PurePosixPath], renderer: Renderer
) -> dict[PurePosixPath, str]:
    """The pages, as the published site shows them, of these files. To be drawn before another
    folder is read: the store forgets the texts of what changed."""
    wanted = set(paths)
    refs = [item.ref for item in site.items.values() if item.entry.source in wanted]
    pages = list(content_pages(site, refs[:_PAGES])) if refs else []
    return {page.source: renderer.render(page).decode() for page in pages if page.source}


@dataclass(frozen=True)
class Drawing:
    """The preview of ``story``: ``before`` and ``after`` are both sites, ``former`` the pages of
    the first one, ``plan`` that of the second."""

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
        """The pictures."""
        return Album(self.renderer, self.plan, self._room)

    def html(self) -> str:
        """The file. Raises ``PlanError`` when a template fails."""
        pages = self._pages()
        blocs = tuple(self._bloc(one, pages) for one in self.story.fiches)
        style = styles(self.renderer.theme, self._sheets)
        cut = sum(bool(one.ref and one.path not in pages) for one in self.story.fiches)
        view = ApercuView(
            nom=self.after.config.nom,
            numero=self.story.asked.numero,
            jour=self.story.jour,
            titre=counts(self.story),
            style=Markup(style),  # noqa: S704  (sheets of the theme, which close no tag)
            blocs=blocs,
            tues=self._room.tues,
            coupees=cut,
            politique=POLICY,
        )
        template = self.renderer.environment.get_template("apercu/apercu.html")
        return f"{str(template.render(vue=view)).strip()}\n"

    def _pages(self) -> dict[PurePosixPath, str]:
        """The pages of what the preview shows, by the path of their file."""
        refs = [one.ref for one in self.story.fiches if one.ref][:_PAGES]
        pages = list(content_pages(self.after, refs))
        return {one.source: self.renderer.render(one).decode() for one in pages if one.source}

    def _bloc(self, fiche: Fiche, pages: Mapping[PurePosixPath, str]) -> Bloc:
        item = self.after.items.get(fiche.ref)
        page = pages.get(fiche.path, "")
        self._sheets.update(sheets_of(page))
        was = self.former.get(fiche.ancien or fiche.path, "")
        changed = fiche.sorte in ("modifie", "renomme") and page and was
        before, after = changed_rows(blocks_of(was), blocks_of(page)) if changed else ((), ())
        images = self._images(fiche) if fiche.fichiers and fiche.sorte != "nouveau" else ((), ())
        letter = fiche.lettre
        return Bloc(
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
            images_avant=images[0],
            images_apres=images[1],
        )

    def _shown(self, page: str, fiche: Fiche, item: Item | None) -> Markup:
        if not page or item is None:
            return Markup()
        # Drawn by the templates of the site, where all is escaped, then stripped.
        return Markup(shown(page, self._place(fiche, item, 2)))  # noqa: S704

    def _fragment(self, name: str, fiche: Fiche, item: Item | None) -> Markup:
        """The line of a content in the agenda, or in the letter."""
        if item is None:
            return Markup()
        module = self.renderer.environment.get_template("apercu/lignes.html").module
        if name == "agenda":
            live = item.occurrences and not item.passe
            html = module.agenda(card_of(self.after, item.ref)) if live else ""  # type: ignore[attr-defined]
        elif fiche.lettre and (fiche.lettre.ligne or fiche.lettre.erratum):
            html = module.lettre(fiche.lettre)  # type: ignore[attr-defined]
        else:
            html = ""
        place = self._place(fiche, item, 0)
        return Markup(shown(str(html), place)) if html else Markup()  # noqa: S704

    def _place(self, fiche: Fiche, item: Item, below: int) -> Place:
        drawing = card_of(self.after, item.ref).empreinte
        return Place(
            f"p{fiche.rang}", below, self._address,
            self.album.pictures(item.medias.values(), drawing),
        )  # fmt: skip

    def _address(self, address: str) -> str:
        """Where a link of a page leads: to what is published already, else nowhere."""
        config = self.after.config
        path = urlsplit(address).path.removeprefix(config.base)
        inside = address.startswith("/") and not address.startswith("//")
        return (
            f"{config.siteurl}{path}" if inside and config.siteurl and path in self._known else ""
        )

    @cached_property
    def _known(self) -> frozenset[str]:
        """Site paths of the contents that are published."""
        return frozenset(item.url for item in self.before.items.values())

    def _images(self, fiche: Fiche) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The pictures that changed, as they were and as they are."""
        paths = [one for one in fiche.fichiers if one.suffix.lower() in PICTURES]
        made = [one for one in MediasOutput().plan(self.before) if one.source in paths]
        former = Album(self.renderer, made, self._room)
        was = (former.shown(path) for path in paths)
        now = (self.album.shown(path) for path in paths)
        return tuple(filter(None, was)), tuple(filter(None, now))
