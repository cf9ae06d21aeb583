"""What is around the text of an article."""

from portail.outputs.pages.views.entry import Citation, Lecture
from portail.outputs.pages.views.shared import Lien

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
    corriger="mailto:redaction@exemple.org?subject=Erreur&body=Page",
    texte="/articles/exemple/texte.md",
    reprise="avec la signature et le lien vers cette page",
)  # fmt: skip
