"""Settings of the book: the documents of Portail, as a site that Portail builds.

Its contents are written from docs/ by outils/livre.py (« make livre »).
"""

from portail_pelican.defaults import *  # noqa: F403

SITENAME = PORTAIL_NOM = "Portail, le livre"
PORTAIL_REGION = ""
PORTAIL_ETIQUETTE = "portail.example.org,2026"
PORTAIL_SANS = [
    "annonces", "auteurs", "communautes", "events", "lieux", "newsletters", "pages", "projets",
    "ressources", "temps-forts", "territoires",
]  # fmt: skip
PORTAIL_MENU = {
    "entete": {
        "Tutoriel": "/dossiers/tutoriel/",
        "Guides": "/dossiers/guides/",
        "Référence": "/dossiers/reference/",
        "Explications": "/dossiers/explications/",
    },
}
