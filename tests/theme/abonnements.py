"""The pages of calendars and of feeds, and pages that have some."""

from listes import agenda
from vues import LONG, M140, cadre, fiche, liste

from portail.features.channels.flux.page import FluxListe, FluxView, GroupeFlux
from portail.features.services.calendriers.page import CalendriersView, GroupeCalendriers
from portail.outputs.pages.views.entry import Lecture
from portail.outputs.pages.views.shared import FluxLie, Lien
from remake import replace

ADRESSE = "/lieux/la-coupole/agenda.ics"
RSS = "application/rss+xml"
FLUX = (FluxLie("La Coupole, flux RSS", "/lieux/la-coupole/flux.xml", RSS),)
DEUX = (
    FluxLie("Agenda, flux RSS", "/agenda/flux.xml", RSS),
    FluxLie("Prochains rendez-vous, flux RSS", "/agenda/a-venir.xml", RSS),
)


def abonnements():
    """Cases by name: (template, view)."""
    noms = ("Astronomie et espace", LONG, M140, *(f"Lieu {rang}" for rang in range(14)))
    liens = tuple(Lien(nom, f"/lieux/l{rang}/agenda.ics") for rang, nom in enumerate(noms))
    groupes = (
        GroupeCalendriers("Thèmes", "Groupe-1", liens[:3], False),
        GroupeCalendriers("Lieux et structures", "Groupe-2", liens, True),
    )
    cases = {
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
            gabarit, replace(vue, calendrier=ADRESSE, flux=FLUX, ics=ics, boutons=boutons)
        )  # fmt: skip
    cases |= {"flux": _flux(), "agenda-flux": agenda(flux=DEUX), "liste-flux": liste(flux=FLUX)}
    gabarit, vue = fiche("dossiers")
    cases["dossiers-flux"] = gabarit, replace(vue, flux=FLUX, lecture=Lecture())
    gabarit, vue = liste()
    cases["theme-calendrier"] = gabarit, replace(vue, calendrier=ADRESSE, theme="numerique")
    return cases


def _flux():
    """Feeds with several forms, then with one, in a long list."""
    noms = ("Tout le portail", LONG, M140)
    formes = tuple(Lien(nom, f"/{nom}.xml") for nom in ("RSS", "Atom", "JSON"))
    seuls = tuple(FluxListe(f"Lieu {rang}", formes[:1]) for rang in range(14))
    return "flux.html", FluxView(
        cadre=cadre(), titre="Flux", description="Dans un lecteur.", url="/flux/",
        fil=(Lien("Accueil", "/"),), flux=FLUX, longueur=20,
        aussi=(Lien("Calendriers", "/calendriers/"),),
        groupes=(
            GroupeFlux("Rubriques", "Groupe-1", tuple(FluxListe(nom, formes) for nom in noms),
                       True, False),
            GroupeFlux("Communautés", "Groupe-2", seuls[:1], False, False),
            GroupeFlux("Lieux et structures", "Groupe-3", seuls, False, True),
        ),
    )  # fmt: skip
