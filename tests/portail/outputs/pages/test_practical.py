"""The practical box of each kind: rows of a label and its values."""

import pytest

from doses import rows_of
from plans import entry, rows_said


def facts(tree, folder, **fields):
    """Rows of the box of one content."""
    files = {
        "lieux/musee": entry("lieux", titre="Musée des *étoiles*", commune="Wizernes"),
        "lieux/club": entry("lieux", titre="Club"),
        f"{folder}/essai": entry(folder, **fields),
    }
    return rows_said(tree.view(f"/{folder}/essai/".removeprefix("/pages"), files).faits)


@pytest.mark.parametrize(
    ("folder", "fields", "expected"), rows_of("portail/outputs/pages/practical.yml")
)
def test_what_the_box_of_each_kind_tells(tree, folder, fields, expected):
    assert facts(tree, folder, **fields) == expected


def test_no_row_of_the_vitrine_is_empty_or_untold(racine, tmp_path, tree):
    (tmp_path / "content").symlink_to(racine / "tests/sites/vitrine/content")
    for page in tree.pages(preview=True).values():
        view = page.view()
        for fact in getattr(view, "faits", ()):
            assert fact.valeurs
            for one in fact.valeurs:
                assert one.texte.strip(), (page.url, fact.libelle)
                assert "None" not in one.texte and "Moment(" not in one.texte
