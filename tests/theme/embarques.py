"""Hand-made frames, and the page that gives their codes."""

from datetime import date, timedelta

from vues import ETIQUETTES, M140, THEMES, cadre

from portail.features.channels.embarquer.page import (
    CodeEmbarque,
    EmbarquerView,
    EmbarqueView,
    GroupeCodes,
    JourEmbarque,
    LigneEmbarque,
)
from portail.outputs.pages.views.shared import Lien
from remake import replace

CODE = '<iframe src="https://exemple.org/embarquer/x/" title="Agenda"></iframe>'
JOURS = ("Jeudi", "Vendredi", "Samedi")


def ligne(rang, **changes):
    """An event of a frame, in one state after the other."""
    etats = ETIQUETTES[rang : rang + 1] if rang < 7 else ()
    base = LigneEmbarque(
        "Café des sciences : à quoi servent les *vers de terre* ?", f"/evenements/e{rang}/",
        THEMES[rang % len(THEMES)], "14\u00a0h", "–\u00a016\u00a0h", "2021-10-02T14:00:00+02:00",
        ("La Coupole, Wizernes", "Gratuit"), etats, annule=rang < 2,
    )  # fmt: skip
    return replace(base, **changes)


def embarque(nombre=7, **changes):
    """A frame of so many rendez-vous, three a day."""
    wide = changes.pop("lignes", {})
    jours = tuple(
        JourEmbarque(date(2021, 9, 30) + timedelta(days=rang), nom, "octobre 2022", tuple(
            ligne(n, **wide) for n in range(rang * 3, min(nombre, rang * 3 + 3))
        ))
        for rang, nom in enumerate(JOURS)
        if rang * 3 < nombre
    )  # fmt: skip
    view = EmbarqueView(
        nom="La Coupole", description="Les prochains rendez-vous : La Coupole.",
        portail="Portail des sciences", region="Hauts-de-France", page="/lieux/la-coupole/",
        calendrier="/lieux/la-coupole/agenda.ics",
        en_ce_moment=(ligne(8, **{"heure": "Jusqu’au", "suite": "8\u00a0oct.", **wide}),),
        jours=jours, proposer=(Lien("Proposer un événement", "https://exemple.org/forge"),),
        arret="27\u00a0septembre 2021",
    )  # fmt: skip
    return "embarque.html", replace(view, **changes)


def embarquer(code=CODE, **changes):
    """The page of codes."""
    noms = ("La Coupole", "Étaples", M140)
    codes = tuple(
        CodeEmbarque(nom, f"/embarquer/lieux/l{n}/", f"Cadre-lieux-l{n}", code)
        for n, nom in enumerate(noms)
    )
    tout = CodeEmbarque("Hauts-de-France", "/embarquer/agenda/", "Cadre-agenda", CODE)
    view = EmbarquerView(
        cadre=cadre(), titre="L’agenda sur votre site", description="À jour sans rien faire.",
        url="/embarquer/", fil=(Lien("Accueil", "/"), Lien("Agenda", "/agenda/")),
        rubrique="/agenda/", tout=tout, hauteur=600,
        groupes=(GroupeCodes("Lieux et structures", "Groupe-1", codes),),
        proposer=(Lien("Proposer un événement", "mailto:redaction@exemple.org"),),
    )  # fmt: skip
    return "embarquer.html", replace(view, **changes)
