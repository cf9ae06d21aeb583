"""A guide, with everything that its text may hold."""

from __future__ import annotations

from typing import Any

from portail.body.document import Heading
from portail.outputs.pages.guides import GuideView
from portail.outputs.pages.views.shared import Frame, Lien, NavGroup
from portail.text.typography import SafeHtml
from remake import replace

TEXTE = SafeHtml(
    '<h2 id="un">Un</h2>\n<p>Un <a href="/contribuer/guides/lettre/">lien</a>, <code>x</code>.</p>'
    '\n<h3 id="deux">Deux</h3>\n<p>Un mot.</p>\n<h2 id="trois">Trois</h2>\n<p>Un mot.</p>'
    '\n<div class="tableau" role="region" tabindex="0" aria-label="Tableau 1"><table><thead>'
    '<tr><th scope="col">clé</th><th scope="col">codes</th></tr></thead><tbody><tr>'
    '<td><code>organisateurs</code></td><td><a href="#un">E201</a> <a href="#deux">E205</a></td>'
    "</tr></tbody></table></div>"
)


def guides(cadre: Frame) -> dict[str, tuple[str, Any]]:
    """An ordinary guide, one with wide tables."""
    base = GuideView(
        cadre=cadre,
        titre="Relire une proposition",
        description="Cinq minutes par proposition.",
        url="/contribuer/guides/relecture/",
        fil=(
            Lien("Accueil", "/"),
            Lien("Contribuer", "/contribuer/"),
            Lien("Guides", "/contribuer/guides/"),
        ),
        corps=TEXTE,
        sommaire=(Heading(2, "un", "Un"), Heading(3, "deux", "Deux"), Heading(2, "trois", "Trois")),
        guides=(
            NavGroup(
                "Pour la rédaction",
                (
                    Lien("Relire une proposition", "/contribuer/guides/relecture/"),
                    Lien("La lettre du jeudi", "/contribuer/guides/lettre/"),
                ),
            ),
        ),
        large=False,
    )
    return {
        "guide": ("guide.html", base),
        "guide-large": ("guide.html", replace(base, large=True, titre="Champs d’un événement")),
    }
