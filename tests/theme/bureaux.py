"""The editors' desk with all that it may hold: long words, tables without rows, many rows."""

from vues import M140

from portail.outputs.pages.views.shared import Lien
from portail_bureau.redaction.rows import (
    LigneRedaction,
    RedactionView,
    SectionRedaction,
    TableRedaction,
)

_LONG = "https://exemple.org/" + "adresse-sans-coupure" * 12


def bureau(cadre):
    """Template and view."""
    line = LigneRedaction(
        Lien(M140, "/lieux/exemple/"),
        ((Lien("Jamais"),), (Lien(_LONG, _LONG), Lien(M140, note=M140))),
        (
            Lien("Écrire", f"mailto:contact@exemple.org?subject={'a' * 300}"),
            Lien("Formulaire", "/contribuer/lieu/?modifier=exemple"),
            Lien("content/lieux/" + "un-nom-de-fichier-bien-long" * 4 + ".md"),
        ),
    )
    counts = LigneRedaction(Lien("Tarifs"), ((Lien("58"),), (Lien("Le prix décide."),)), ())
    sections = (
        SectionRedaction("Verifier", "Fiches à revérifier", 300, "Une phrase.", "Rien.",
                         (TableRedaction("", ("Fiche", "Depuis", "Adresse"), (line,) * 3, 300),),
                         ("Une note.",)),
        SectionRedaction("Manques", "Champs manquants", 2, "Une phrase.", "Rien.",
                         (TableRedaction("Champs", ("Champ", "Combien", "Pourquoi"),
                                         (counts,), 1),
                          TableRedaction("Lieux", ("Lieu", "A", "B"), (line,), 1))),
        SectionRedaction("Liens", "Liens morts", 0, "Une phrase.", f"Rien. {M140}", ()),
    )  # fmt: skip
    return "redaction.html", RedactionView(
        cadre=cadre, titre="Bureau de la rédaction", description="Une phrase.", url="/redaction/",
        fil=(Lien("Accueil", "/"),), noindex=True, sections=sections,
    )  # fmt: skip
