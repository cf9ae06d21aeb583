"""Réglages du portail.

Une ligne qui commence par « # » ne compte pas : retirez ce signe pour qu’un réglage compte, puis
vérifiez (portail check). Un nom mal écrit arrête la construction, qui propose le plus proche.

L’image d’un contenu se dépose à côté de son texte (content/articles/photo.jpg), ou dans
content/medias/ quand plusieurs s’en servent ; les fichiers que nomme un réglage, dans ce dossier.
"""

from portail_pelican.defaults import *  # noqa: F403

# Le nom du portail : en-tête, titres, lettre.
SITENAME = PORTAIL_NOM = @nom_py@
# La région, par son nom officiel ; "" pour un portail sans région.
PORTAIL_REGION = @region_py@
# L’heure du portail : celle des événements, des calendriers, de la lettre.
TIMEZONE = "@fuseau@"
# L’adresse publique, sans barre finale. La chaîne de publication la donne d’elle-même.
# SITEURL = "https://sciences.example.org"
# Ce qui nomme vos contenus dans les flux et les calendriers, où que le site soit un jour : mettez-y
# votre domaine avant la première publication, si vous en avez un, puis ne le changez plus jamais.
PORTAIL_ETIQUETTE = "@etiquette@"
# L’adresse de la rédaction : pied de page, « Signaler une erreur », contributions par courriel.
# PORTAIL_COURRIEL = "redaction@sciences.example.org"
# La boîte des propositions, si une machine la relève : le formulaire y écrit.
# PORTAIL_BOITE = "propositions@sciences.example.org"

# Ce qu’est le portail, en une phrase de l’accueil et du pied de page, quand celle d’office (« Sorties,
# lieux et outils de sciences, près de chez vous. ») ne convient pas ; et qui le porte, qui s’y lit
# après « Proposé par » : un nom, ou {"nom": …, "lien": "https://…", "logo": "logo.png", "alt": …}.
# PORTAIL_PROMESSE = "Les sciences à deux pas de chez vous."
@porteur_py@

# Votre couleur : les liens, les boutons et le bandeau prennent sa teinte, aussi foncés qu’avant ; tout
# se lit donc, sur un écran sombre aussi.
# PORTAIL_COULEUR = "#0A5C7A"
# Le logo, un fichier SVG ou PNG de ce dossier ; quand il en faut plusieurs, {"fichier": …,
# "sombre": …, "icone": …, "nom": False} (False : le logo dit le nom du portail).
# PORTAIL_LOGO = "logo.svg"
# Le menu, quand celui d’office ne convient pas : libellés et adresses de l’en-tête, et du pied, par
# groupes.
# PORTAIL_MENU = {"entete": {"Sorties": "/agenda/"}, "pied": {"Explorer": {"Lieux": "/lieux/"}}}
# Les genres de contenus dont ce portail se passe, par leur dossier.
# PORTAIL_SANS = ["annonces", "projets"]

# Le dépôt, sur sa forge : « Modifier », « Proposer » et l’historique des pages y mènent.
@depot_py@
# Sa branche principale.
# PORTAIL_BRANCHE = "main"
# Dépôt privé : une longue phrase secrète, dont l’adresse des brouillons partagés est tirée.
# PORTAIL_BROUILLONS = "quatre mots sans lien entre eux"
# Le formulaire « Je contribue » : sa première voie (« courriel », « forge » ou « fichier »), le
# délai annoncé pour une réponse, « nouveau », l’adresse où la forge ouvre un fichier, avec
# {chemin} et {contenu}, si elle n’est pas connue, et « guichet », le chemin où il s’envoie.
# PORTAIL_CONTRIBUER = {"voie": "forge", "delai": "trois jours ouvrés"}
# Un éditeur à /atelier/, pour qui a un compte sur la forge (gitlab, github ou forgejo).
# PORTAIL_ATELIER = {"forge": "gitlab", "depot": "https://gitlab.com/groupe/portail"}
# True dit, sur la page « Confidentialité », que la boîte des propositions est relevée par machine.
# PORTAIL_PORTE = True

# False : personne ne tient encore ce portail ; chaque page le dit, et ne demande rien à personne.
# PORTAIL_TENU = False
# Une vitrine : les portails que ce dépôt fait chaque nuit, un par région.
# PORTAIL_VITRINE = {"regions": ["Bretagne", "Corse"]}
# False retire d’un coup les contenus qui disent « exemple: true ».
# PORTAIL_EXEMPLES = False
# Nombre de contenus qu’un thème, un public, un type… demande pour avoir sa propre page.
# PORTAIL_SEUIL_LISTES = 3
# True montre les chiffres de chaque année (/en-chiffres/) et ceux des prêts.
# PORTAIL_CHIFFRES = True
# Le ciel de la semaine, vu de la plus grande commune de la région : d’une autre, par son nom, ou
# nulle part (False).
# PORTAIL_CIEL = False
# Ce que l’accueil dessine sous le ciel du soir, de gauche à droite, au lieu de ce qui va à la
# région : trois de beffroi, terril, falaise, dome, estuaire, phare, montagne, vigne, pont, usine,
# village, foret.
# PORTAIL_SILHOUETTES = ["phare", "estuaire", "village"]
# True fait aussi une image du ciel de ce soir, que montrent les réseaux et la lettre : demande
# resvg-py dans requirements.txt.
# PORTAIL_IMAGE_DU_SOIR = True
# True laisse garder des pages, et l’agenda du mois avec elles, pour les lire sans réseau.
# PORTAIL_HORS_LIGNE = True
# Les faits pratiques (dates, lieux, prix, accès) dans d’autres langues : demande babel dans
# requirements.txt ; des langues ou des mots de plus, dans locale/ (docs/redaction/langues.md).
# PORTAIL_LANGUES = ["en", "nl"]
# Modules du dossier greffons/ qui ajoutent au portail, ou noms que leur donne un paquet installé.
# PORTAIL_GREFFONS = ["greffons.podcasts"]

# La lettre : son expéditeur ; le service où l’on s’inscrit (« courriel », « listmonk » ou
# « sympa ») et, pour les deux derniers, inscription et desabonnement, leurs adresses, liste, le nom
# de la liste ; les editions qui s’ajoutent à celle de tout le portail, chacune par un de
# departement, epci, theme ou public, avec sa liste.
# PORTAIL_LETTRE = {
#     "expediteur": "lettre@sciences.example.org",
#     "editions": {"familles": {"nom": "En famille", "public": "familles"}},
# }
# Le fond de carte proposé aux lecteurs : sans ce réglage, le Plan IGN ; {} n’en propose aucun ; un
# autre, par {"adresse": "https://…/{z}/{x}/{y}.png", "mention": …, "organisme": …}.
# PORTAIL_FOND_DE_CARTE = {}
# Le fichier des adresses vérifiées par « portail liens ».
# PORTAIL_LIENS = ".cache/liens.json"

# Le jour de la construction, figé : pour une démonstration seulement, un portail vit.
# PORTAIL_DATE = "@jour@"
