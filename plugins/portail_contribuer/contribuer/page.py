"""Where contents are proposed: the landing, one form for each kind."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import date
from itertools import chain
from types import SimpleNamespace
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from portail.facts.when import Feuille
from portail.features.services.schemas.kind_schema import kind_schema
from portail.forge import edit_pattern, issue_url, new_url
from portail.model import genres
from portail.model.kinds import Kind, offered
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.messages import mailto
from portail.outputs.pages.slots import CALLS, FORM_FILES, GUIDES, SHEETS, WEEKLY_PAGE
from portail.outputs.pages.views.entry import Lecture
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Etiquette, Fait, Lien, PageView, page_view
from portail.resources import rows, rows_of
from portail.site import urls
from portail.site.memo import answer
from portail.site.site import Site

from .addresses import (
    BODY_RULES,
    CONTRIBUTE,
    LANDMARKS,
    MATCHES,
    PLACES,
    form_of,
    sources_of,
)
from .drawn import Champ, Partie, Pli
from .drawn import drawn as parts_of
from .files import group_count
from .layout import layout_of, without

# The preview of a proposal is drawn by the macros of the site, of what says nothing; scripts put
# words in place of it.

_LEAF = Feuille(date(2027, 9, 30), fin=date(2027, 10, 1))
_LABEL = (Etiquette("État", "etat", True),)


class Modeles(Struct, frozen=True):
    """What macros read to draw models: a line, a leaf, a page."""

    carte: Card
    ancien: Card
    page: object
    reporte: Feuille


def _page() -> SimpleNamespace:
    entry: Mapping[str, object] = {"titre": "Titre", "resume": "Résumé", "horaires": None}
    return SimpleNamespace(
        kind="events",
        url="/",
        entry=SimpleNamespace(**entry, langue="fr"),
        surtitre="Genre",
        etiquettes=_LABEL,
        feuille=_LEAF,
        suite=(),
        carte=None,
        quand=None,
        premiers=(),
        replis=(),
        faits=(Fait("Libellé", (Lien("Valeur"),)),),
        lecture=Lecture(),
        boutons=(),
        calendrier="",
        embarquer="",
        corps="Texte",
    )


_CARD = Card(
    ref="",
    url="/",
    kind="events",
    surtitre="Genre",
    titre="Titre",
    resume="Résumé",
    theme="",
    feuille=_LEAF,
    details=("Détail",),
    etiquettes=_LABEL,
    image=None,
    digest="",
)

# The only one: it changes with the theme alone.
MODELES = Modeles(
    _CARD,
    replace(_CARD, ancien="Ancien", details=("Nouveau", "Détail")),
    _page(),
    Feuille(_LEAF.jour, "reporte"),
)


_CHARTER = "charte"
_WORDS: Mapping[str, Any] = rows_of("portail_contribuer.contribuer", "mots")


def plan_contribute(site: Site) -> Iterator[TemplatePage]:
    """``/contribuer/`` and the form of each kind below it."""
    guides = bool(GUIDES.ask(site))
    hint = SitemapHint()
    yield drawn(site, CONTRIBUTE, "contribuer.html", _landing, guides, sitemap=hint)
    for kind in offered(site.config.sans):
        url = form_of(kind)
        yield drawn(site, url, "formulaire.html", _form, kind.value, guides, sitemap=hint)


def _many(sheet: str) -> str:
    # What the spreadsheet of a kind of the instance is of; ours have words of their own.
    genre = genres.by_folder().get(sheet)
    if genre:
        return f"des {genre.said.pluriel}"
    return ""


def _landing(site: Site, guides: bool) -> PageView:
    config = site.config
    kinds = offered(site.config.sans)
    *first, last = [kind.info.un for kind in kinds] or ["un contenu"]
    text = f"{', '.join(first)} ou {last}" if first else last
    return page_view(
        **page_of(site, _WORDS["choix"], CONTRIBUTE, quoi=text),
        genres=tuple(map(_kind, kinds)),
        tableurs=tuple((name, _many(name)) for name in SHEETS.ask(site)),
        delai=config.contribuer.delai,
        charte=_charter(site),
        lettre=bool(WEEKLY_PAGE.ask(site)),
        guides=guides,
        appels=tuple(CALLS.ask(site)),
    )


def _kind(kind: Kind) -> SimpleNamespace:
    form = layout_of(kind)
    name = kind.info.un.capitalize()
    return SimpleNamespace(
        texte=name, url=form_of(kind), dit=form.presentation, duree=form.duree, theme=form.theme
    )


@answer
def _charter(site: Site) -> tuple[Lien, ...]:
    page = site.page(_CHARTER)
    if page:
        return (Lien(_WORDS["charte"], page.url),)
    return ()


def _sent_to(site: Site) -> str:
    # Where a file that no script reads is sent: a mail, else an issue of the forge, begun.
    config = site.config
    subject = _WORDS["envoi"]
    if address := config.boite or config.courriel:
        return mailto(address, subject)
    if config.depot:
        return issue_url(config.depot, subject, "")
    return ""


@answer
def _groups(site: Site, name: str) -> int:
    return group_count(site, Kind(name))


def _offered(part: Any, sans: Container[str]) -> Any:
    # A part of a form; what names contents of a kind that the portal has not is hidden.
    if isinstance(part, Partie | Pli):
        return replace(part, contenu=tuple(_offered(inner, sans) for inner in part.contenu))
    if not isinstance(part, Champ) or not part.dossiers:
        return part
    if folders := tuple(folder for folder in part.dossiers if folder not in sans):
        return replace(part, dossiers=folders)
    never = f"{part.si.partition('=')[0]}=-" if part.si else ""  # else a script would show it
    return replace(part, si=never, cache=True)


def _form(site: Site, name: str, guides: bool) -> PageView:
    # What it asks follows from the models and from ``data/``, which are in the salt.
    kind = Kind(name)
    config = site.config
    info = kind.info
    url = form_of(kind)
    settings = config.contribuer
    schema = kind_schema(kind, site.vocabularies, site.geography.place)
    told = set(chain.from_iterable(feature.asks for feature in site.features))
    left = [path for path in rows("facultatifs") if path not in told]
    layout = without(left, layout_of(kind))
    return page_view(
        **page_of(site, _WORDS["formulaire"], url, Lien("Contribuer", CONTRIBUTE), un=info.un),
        titre=info.un.capitalize(),
        apercu=MODELES,
        genre=url.removeprefix(CONTRIBUTE).strip("/"),
        dossier=info.folder,
        nom=info.un,
        parties=tuple(_offered(part, config.sans) for part in parts_of(layout, schema)),
        questions=layout.questions,
        adresses={
            "schema": f"{url}schema.json",
            "corps": BODY_RULES,
            "correspondances": MATCHES,
            "reperes": LANDMARKS,
            "communes": PLACES,
            "region": urls.COMMUNES * bool(site.geography.home),
            "fichiers": sources_of(kind),
            **dict(FORM_FILES.ask(site, kind)),
        },
        groupes=_groups(site, name),
        branche=config.branche,
        nouveau=settings.nouveau or (new_url(config.depot, config.branche) if config.depot else ""),
        modifier=edit_pattern(config.depot, config.branche),
        voie=settings.voie,
        delai=settings.delai,
        guichet=settings.guichet,
        duree=layout.duree,
        charte=_charter(site),
        lettre=bool(WEEKLY_PAGE.ask(site)),
        envoi=_sent_to(site),
        tableurs=tuple(SHEETS.ask(site)),
        guides=guides,
    )
