"""The page for journalists: who answers, figures and their table, pictures to publish."""

from doses import rows_of
from plans import contents

FILES = contents(rows_of("features/pages/presse/page.yml"))


def test_a_row_for_each_with_their_subjects_and_the_numbers_of_structures(tree):
    view = tree.view("/presse/", FILES)
    assert [(one.lien.texte, one.sujets) for one in view.paroles] == [
        ("Un réseau", ()), ("Camille", ("Astronomie et espace", "Numérique")),
        ("Exemple · Inventé", ()),
    ]  # fmt: skip
    camille = view.paroles[1]
    assert (camille.lien.note, camille.telephone, camille.courriel) == (
        "Musée", "03 21 00 00 00", "contact@example.org",
    )  # fmt: skip


def test_figures_that_are_true_and_the_foot_of_pages_leads_there(tree):
    view = tree.view("/presse/", FILES)
    assert [(one.libelle, one.valeurs[0].texte) for one in view.chiffres] == [
        ("visiteurs (2021)", "1 200")
    ]
    assert view.fichier == "/presse/chiffres.csv"
    assert "/presse/" in {one.url for group in view.cadre.pied for one in group.liens}
