"""The page of calendars, and pages that have one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from vues import LONG, M140, cadre, fiche, liste

from portail.outputs.pages.views import CalendriersView, GroupeCalendriers, Lien

ADRESSE = "/lieux/la-coupole/agenda.ics"


def abonnements() -> dict[str, tuple[str, Any]]:
    """Cases by name: (template, view)."""
    noms = ("Astronomie et espace", LONG, M140, *(f"Lieu {rang}" for rang in range(14)))
    liens = tuple(Lien(nom, f"/lieux/l{rang}/agenda.ics") for rang, nom in enumerate(noms))
    groupes = (
        GroupeCalendriers("Thèmes", "Groupe-1", liens[:3], False),
        GroupeCalendriers("Lieux et structures", "Groupe-2", liens, True),
    )
    cases: dict[str, tuple[str, Any]] = {
        "calendriers": ("calendriers.html", CalendriersView(
            cadre=cadre(), titre="Calendriers", description="Dans votre agenda.",
            url="/calendriers/", fil=(Lien("Accueil", "/"),), groupes=groupes,
            calendrier="/agenda/agenda.ics",
        )),
    }  # fmt: skip
    for kind in ("events", "lieux", "territoires", "temps-forts", "communautes"):
        gabarit, vue = fiche(kind)
        ics = "/evenements/nuit/evenement.ics" if kind == "events" else ""
        boutons = (*vue.boutons, Lien("Ajouter à mon agenda", ics)) if ics else vue.boutons
        cases[f"{kind}-calendrier"] = (
            gabarit, replace(vue, calendrier=ADRESSE, ics=ics, boutons=boutons)
        )  # fmt: skip
    gabarit, vue = liste()
    cases["theme-calendrier"] = gabarit, replace(vue, calendrier=ADRESSE, theme="numerique")
    return cases
