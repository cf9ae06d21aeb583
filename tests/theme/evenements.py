"""Dates of events, and the models of kinds whose templates read their own fields."""

from datetime import date, timedelta

from portail.features.kinds.auteurs.model import Auteur
from portail.features.kinds.communautes.model import Communaute
from portail.features.kinds.evenements.views import DateView, SeanceView
from portail.features.kinds.lieux.model import Lieu
from portail.features.kinds.projets.model import Projet
from portail.features.kinds.tempsforts.model import TempsFort
from portail.model.articles import Page
from portail.model.event import Event
from portail.outputs.pages.views.shared import Feuille
from remake import replace

CLASSES = {
    "events": Event, "lieux": Lieu, "auteurs": Auteur, "pages": Page, "projets": Projet,
    "communautes": Communaute, "temps-forts": TempsFort,
}  # fmt: skip


def seance(rang, **changes):
    """One séance, a week after the one before."""
    jour = date(2021, 9, 15) + timedelta(days=7 * rang)
    view = SeanceView(
        f"Mercredi {jour.day} {jour:%m} {jour.year}, de 14 h à 16 h",
        f"{jour}T14:00:00+02:00", f"{jour}T16:00:00+02:00", (),
    )  # fmt: skip
    return replace(view, **changes)


def date_view(rang, *seances):
    """A date with one séance, or with those given; the first two are past."""
    rows = seances or (seance(rang),)
    return DateView(
        Feuille(date(2021, 9, 15) + timedelta(days=7 * rang)), rows[0].phrase, rang < 2, rows
    )
