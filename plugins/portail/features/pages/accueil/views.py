"""View of the home page."""

from __future__ import annotations

from portail.outputs.pages.views import shared
from portail.outputs.pages.views.lists import Bloc, Card
from portail.outputs.pages.views.shared import Abonnement


class HomeView(shared.PageView, frozen=True, kw_only=True):
    """The home page: ``une`` is put forward, ``raccourcis`` lead to days of the agenda;
    ``qui`` says whose it is, ``portes`` where most go, ``chiffre`` the figure of the week;
    ``communes`` complete « près de chez vous »; ``appels`` is what anyone may answer; a block
    without cards is not drawn."""

    une: tuple[Card, ...]
    agenda: Bloc
    en_ce_moment: Bloc
    carte: shared.MapView | None
    articles: Bloc
    dossiers: Bloc
    annonces: Bloc
    nouveautes: Bloc
    chiffres: tuple[shared.Lien, ...]
    appels: tuple[Bloc, ...] = ()
    qui: str = ""
    portes: tuple[shared.Lien, ...] = ()
    raccourcis: tuple[shared.Lien, ...] = ()
    vide: shared.Vide | None = None
    abonnement: Abonnement | None = None
    chiffre: shared.Lien | None = None
    communes: str = ""
    grande_carte: str = ""
    """Address of the whole map, if there is one."""

    @property
    def blocs(self) -> tuple[Bloc, ...]:
        """All its blocks."""
        events = (self.agenda, self.en_ce_moment)
        contents = (self.articles, self.dossiers, self.annonces, self.nouveautes)
        return (*events, *contents, *self.appels)
