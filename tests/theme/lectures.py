"""What is around the text of an article, and the page that lets it be published again."""

from __future__ import annotations

from typing import Any

from portail.outputs.pages.views import Citation, Frame, Lecture, Lien, RepriseView
from portail.text.html import SafeHtml

LECTURE = Lecture(
    auteurs=(
        Lien("La Coupole", "/lieux/la-coupole/", "Musée, Wizernes"),
        Lien("Camille Exemple", "/auteurs/camille/", "Université d’exemple"),
    ),
    recueils=(Lien("Le ciel", "/dossiers/ciel/", "dossier"),
              Lien("Doctorants", "/communautes/doctorants/", "communauté")),
    citation=Citation(
        "La Coupole, «\xa0Un titre\xa0», Portail des sciences en Hauts-de-France, 2021.",
        "@misc{un-titre-2021,\n  author = {{La Coupole}},\n  title = {{Un titre {\\`a} lire}}\n}",
    ),
    courriel="mailto:?subject=Un%20titre&body=https%3A%2F%2Fexemple.org",
    signaler="mailto:redaction@exemple.org?subject=Erreur&body=Page",
    corriger="https://github.com/exemple/portail/edit/main/content/x.md",
    republier="/articles/exemple/republier/",
)  # fmt: skip
TEXTE = SafeHtml(
    '&lt;h1&gt;Un titre&lt;/h1&gt;\n&lt;p&gt;Un &lt;a href="https://exemple.org/"&gt;lien&lt;/a&gt;.'
    "&lt;/p&gt;"
)


def reprise(cadre: Frame, titre: str) -> tuple[str, Any]:
    """The page of whoever publishes again the article of that title."""
    fil = (Lien("Accueil", "/"), Lien("Articles", "/articles/"), Lien(titre, "/articles/a/"))
    return "reprise.html", RepriseView(
        cadre=cadre, titre="Republier cet article", description="Une phrase.", noindex=True,
        url="/articles/a/republier/", fil=fil, langue="en", texte=TEXTE,
        licence=Lien("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/deed.fr"),
        conditions=("Nommez les auteurs.", "M" * 140),
    )  # fmt: skip
