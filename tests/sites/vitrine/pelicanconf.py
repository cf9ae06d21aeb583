"""Settings of the showcase: every state, form and empty case, with fictional structures."""

from portail_pelican.defaults import *  # noqa: F403

PORTAIL_NOM = "Portail d’exemple"
PORTAIL_REGION = "Hauts-de-France"
PORTAIL_DATE = "2021-09-27"
PORTAIL_SEUIL_LISTES = 1  # every value has its list, whatever it holds
PORTAIL_COURRIEL = "redaction@portail.example.org"
PORTAIL_DEPOT = "https://forge.example.org/portail/vitrine"
PORTAIL_CONTRIBUER = {
    "voie": "forge",
    "delai": "une semaine",
    "nouveau": "https://forge.example.org/portail/vitrine/-/new/{branche}?nom={chemin}&texte={contenu}",
}
PORTAIL_LETTRE = {
    "expediteur": "lettre@portail.example.org",
    "service": "listmonk",
    "inscription": "https://listes.example.org/subscription/form",
    "desabonnement": "https://listes.example.org/subscription/gestion",
    "liste": "5b3a2d52-6c1f-4c7e-9b0e-000000000001",
    "editions": {
        "somme": {"nom": "Somme", "departement": "somme", "liste": "5b3a2d52-6c1f-4c7e-9b0e-000000000002"},
        "amiens": {"nom": "Amiens Métropole", "epci": "ca-amiens-metropole"},
        "ciel": {"nom": "Astronomie et espace", "theme": "astronomie-espace"},
        "familles": {"nom": "Familles", "public": "familles"},
    },
}
PORTAIL_LANGUES = ["en", "nl"]
SITEURL = "https://vitrine.example.org"
