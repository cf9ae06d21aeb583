"""The style guide of previews."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.cards import Bloc, Card
from portail.outputs.pages.views.entry import EntryView
from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.geo import MapView
from portail.outputs.pages.views.shared import Etiquette, Lien, Message, Pagination, Vide

__all__ = ["StyleguideView"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleguideView(PageView):
    """Every component: ``themes`` are (code, name), ``jetons`` names of tokens; ``evenement`` and
    ``article`` give what the parts of a page need, the other fields what their name says;
    ``plans`` are maps."""

    themes: tuple[tuple[str, str], ...]
    jetons: tuple[str, ...]
    cartes: tuple[Card, ...]
    etiquettes: tuple[Etiquette, ...]
    lignes: Bloc
    simples: Bloc
    dossier: Bloc
    evenement: EntryView
    article: EntryView
    messages: tuple[Message, ...]
    vide: Vide
    pagination: Pagination
    alphabet: tuple[Lien, ...]
    plans: tuple[MapView, ...] = ()
