"""A guide, with everything that its text may hold."""

from portail.body.document import Heading
from portail.features.intake.guides.page import GuideView
from portail.outputs.pages.views.shared import Lien
from portail.text.typography import SafeHtml

TEXTE = SafeHtml(
    '<h2 id="un">Un</h2>\n<p>Un <a href="/contribuer/guides/">lien</a>, <code>x</code>.</p>'
    '\n<h3 id="deux">Deux</h3>\n<p>Un mot.</p>\n<h2 id="trois">Trois</h2>\n<p>Un mot.</p>'
    '\n<div class="tableau" role="region" tabindex="0" aria-label="Tableau 1"><table><thead>'
    '<tr><th scope="col">clé</th><th scope="col">codes</th></tr></thead><tbody><tr>'
    '<td><code>organisateurs</code></td><td><a href="#un">E201</a> <a href="#deux">E205</a></td>'
    "</tr></tbody></table></div>"
)


def guides(cadre):
    """A guide among others."""
    view = GuideView(
        cadre=cadre,
        titre="Plusieurs événements d’un coup",
        description="Toute une saison.",
        url="/contribuer/guides/plusieurs/",
        fil=(
            Lien("Accueil", "/"),
            Lien("Contribuer", "/contribuer/"),
            Lien("Guides", "/contribuer/guides/"),
        ),
        corps=TEXTE,
        sommaire=(Heading(2, "un", "Un"), Heading(3, "deux", "Deux"), Heading(2, "trois", "Trois")),
        guides=(
            Lien("Plusieurs événements d’un coup", "/contribuer/guides/plusieurs/"),
            Lien("Par courriel ou par tableur", "/contribuer/guides/tableurs/"),
        ),
    )
    return {"guide": ("guide.html", view)}
