"""The door: mails to one box become proposals, and each is answered. It opens connections; no build
imports it."""

from portail.feature import EDITORS, Command, Feature, Keeping

feature = Feature(
    name="porte",
    title="Propositions par courriel",
    needs=("apercu", "contribuer", "coordonnees", "deposer", "envoi"),
    commands={
        "relever": Command("fait des courriels reçus des propositions, et y répond", "Chaque jour")
    },
    keeps=(
        Keeping(
            "Le courriel par lequel vous proposez, et nos réponses",
            "Un an, puis ils sont effacés de la boîte.",
            EDITORS,
            basis="votre demande de publier (RGPD, article 6, 1, b)",
            readers="la rédaction, et l’hébergeur de la boîte de courriel",
        ),
    ),
)
