"""The practical box of each kind: rows of a label and its values."""

from __future__ import annotations

import pytest

from plans import Tree, entry

NB = "\u00a0"
Rows = dict[str, list[str]]


SEGMENTS = {"events": "evenements"}


def facts(tree, folder, **fields):
    """Rows of the box of one content: texts, links as ``texte <url>``, notes in brackets."""
    files = {
        "lieux/musee": entry("lieux", titre="Musée des *étoiles*", commune="Wizernes"),
        "lieux/club": entry("lieux", titre="Club"),
        "temps-forts/fete": entry("temps-forts", titre="Fête", editions={"2021": {}}),
        "events/avant": entry("events", titre="L’an dernier", debut="2020-10-09"),
        f"{folder}/essai": entry(folder, **fields),
    }
    view = tree.view(f"/{SEGMENTS.get(folder, folder)}/essai/", files)
    return {fact.libelle: [told(one) for one in fact.valeurs] for fact in view.faits}


def told(link):
    """A value on one line."""
    note = f" ({link.note})" if link.note else ""
    return f"{link.texte} <{link.url}>{note}" if link.url else link.texte + note


class TestArticle:
    def test_what_it_is_about_and_who_read_it(self, tree):
        found = facts(tree, "articles", lieu="musee", relu_par=["club", "A. Fictif", "parti"])
        assert found == {
            "Où": ["Musée des étoiles </lieux/musee/>", "Wizernes (62)"],
            "Relu par": ["Club </lieux/club/>", "A. Fictif", "Contributeur retiré"],
        }

    def test_its_commune(self, tree):
        assert facts(tree, "articles", commune="Amiens") == {"Où": ["Amiens (80)"]}
        assert facts(tree, "articles") == {}


@pytest.mark.parametrize(
    ("folder", "fields", "expected"),
    [
        (
            "territoires",
            {
                "type": "ca", "code": "248000531", "siege": "Amiens",
                "services": [{"libelle": "médiathèques", "valeur": "12"}, {"libelle": "opéra"}],
            },
            {
                "Siège": ["Amiens (80)"], "Médiathèques": ["12"], "Opéra": ["oui"],
            },
        ),
        ("territoires", {}, {}),
        ("pages", {}, {}),
        ("dossiers", {"elements": ["lieux/musee"]}, {}),
    ],
)  # fmt: skip
def test_other_kinds(tree, folder, fields, expected):
    if folder == "pages":
        view = tree.view("/essai/", {"pages/essai": entry("pages")})
        assert view.faits == ()
    else:
        assert facts(tree, folder, **fields) == expected


def test_no_row_of_the_vitrine_is_empty_or_untold(racine, tmp_path):
    (tmp_path / "content").symlink_to(racine / "tests/sites/vitrine/content")
    for page in Tree(tmp_path).pages(preview=True).values():
        view = page.view()
        for fact in getattr(view, "faits", ()):
            for one in fact.valeurs:
                assert one.texte.strip(), (page.url, fact.libelle)
                assert "None" not in one.texte and "Moment(" not in one.texte
