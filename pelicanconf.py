"""Settings of the demonstration: Hauts-de-France as of 26 September 2022.

The only settings file, as any instance has one. SITEURL comes from the environment, so that a
preview is relative and the published site knows its address:
``SITEURL=https://exemple.org/portail make site``.
"""

from portail_pelican.defaults import *  # noqa: F403

PORTAIL_NOM = "Portail des sciences"
PORTAIL_REGION = "Hauts-de-France"
# Who is behind it, told on the home page and in the footer.
PORTAIL_PORTEUR = {"nom": "l’équipe du logiciel libre Portail", "lien": "/a-propos/"}
# Day of the demonstration: its events are of 2021 and 2022. Remove this line for a living portal.
PORTAIL_DATE = "2022-09-26"
# Contents that say « exemple: true » are invented: uncomment to leave them all out.
# PORTAIL_EXEMPLES = False
# Figures of each year: what is published, what is lent (/en-chiffres/, /catalogue/bilan/).
PORTAIL_CHIFFRES = True
# Readers may keep pages, and the agenda of the month with them, to read without a network.
PORTAIL_HORS_LIGNE = True
# The evening of the home page is a picture too, for networks and for the letter.
PORTAIL_IMAGE_DU_SOIR = True
# Practical facts in the languages of neighbours: /en/, /nl/.
PORTAIL_LANGUES = ["en", "nl"]
# What this portal adds, in its folder greffons/.
PORTAIL_GREFFONS = [
    "greffons.sansvoiture",
    "greffons.seancesdouces",
    "greffons.cars",
    "greffons.presse",
]
# The portals that nobody keeps yet, made each night (plugins/portail_bureau/vitrine/README.md). The
# README says the address of the showcase, once « adresse » is given here.
PORTAIL_VITRINE = {
    "regions": [
        "Guadeloupe",
        "Martinique",
        "Guyane",
        "La Réunion",
        "Mayotte",
        "Île-de-France",
        "Centre-Val de Loire",
        "Bourgogne-Franche-Comté",
        "Normandie",
        "Hauts-de-France",
        "Grand Est",
        "Pays de la Loire",
        "Bretagne",
        "Nouvelle-Aquitaine",
        "Occitanie",
        "Auvergne-Rhône-Alpes",
        "Provence-Alpes-Côte d'Azur",
        "Corse",
    ],
}
# Authority and date of the identifiers of feeds and calendars (RFC 4151): never change them.
PORTAIL_ETIQUETTE = "portail.example.org,2021"
# Address of the editors, the forge's repository and its branch.
PORTAIL_COURRIEL = "redaction@portail.example.org"
# An example: on a forge of its own, « Modifier », « Proposer » and the history lead there.
PORTAIL_DEPOT = "https://gitlab.example.org/sciences/portail-hauts-de-france"
PORTAIL_BRANCHE = "main"
# The letter: who sends it, where one subscribes, and the editions besides that of the region.
PORTAIL_LETTRE = {
    "expediteur": "lettre@portail.example.org",
    "editions": {
        "aisne": {"nom": "Aisne", "departement": "aisne"},
        "nord": {"nom": "Nord", "departement": "nord"},
        "oise": {"nom": "Oise", "departement": "oise"},
        "pas-de-calais": {"nom": "Pas-de-Calais", "departement": "pas-de-calais"},
        "somme": {"nom": "Somme", "departement": "somme"},
    },
}
