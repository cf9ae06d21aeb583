"""A group that someone wrote as one text: the remedy gives back what that text says."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from portail.source.document import parse_front_matter
from portail.source.groups import as_group


@pytest.mark.parametrize(
    ("name", "text", "group"),
    [
        ("tarif", "gratuit", {"gratuit": "true"}),
        ("tarif", "Entrée libre", {"gratuit": "true"}),
        ("tarif", "5 €", {"prix": "5"}),
        ("tarif", "5,50 euros", {"prix": "5,50"}),
        ("tarif", "8€ / 5€ (réduit)", {"prix": "8", "conditions": "8€ / 5€ (réduit)"}),
        (
            "tarif",
            "gratuit pour les – de 12 ans",
            {"conditions": "gratuit pour les – de 12 ans"},
        ),
        ("tarif", "au chapeau : 2, 3…", {"conditions": "au chapeau : 2, 3…"}),
        ("tarif", "payant", {}),
        ("tarif", "gratuit " * 40, {}),
        ("age", "8+", {"min": "8"}),
        ("age", "à partir de 8 ans", {"min": "8"}),
        ("age", "6-12 ans", {"min": "6", "max": "12"}),
        ("age", "de 6 à 12 ans", {"min": "6", "max": "12"}),
        ("age", "jusqu’à 12 ans", {"max": "12"}),
        ("age", "12-6", {}),
        ("age", "moins de 12 ans", {}),
        ("inscription", "obligatoire", {"regime": "obligatoire"}),
        ("inscription", "Recommandée", {"regime": "conseillee"}),
        ("inscription", "sans inscription", {"regime": "aucune"}),
        (
            "inscription",
            "obligatoire au 02 35 00 00 00",
            {"regime": "obligatoire", "telephone": "02 35 00 00 00"},
        ),
        (
            "inscription",
            "www.musee-exemple.fr/billets.",
            {"regime": "conseillee", "url": "https://www.musee-exemple.fr/billets"},
        ),
        (
            "inscription",
            "contact@example.org",
            {"regime": "conseillee", "courriel": "contact@example.org"},
        ),
        ("inscription", "sans, mais contact@example.org", {}),
        ("inscription", "voir plus bas", {}),
        ("adresse", "Le Havre", {"commune": "Le Havre"}),
        (
            "adresse",
            "12 rue des Arts, 76000 Rouen",
            {"rue": "12 rue des Arts", "code_postal": "76000", "commune": "Rouen"},
        ),
        ("adresse", "Salle des fêtes, Rouen", {"nom": "Salle des fêtes", "commune": "Rouen"}),
        ("adresse", "12 rue des Arts", {}),
        ("adresse", "1 rue A, 2 rue B, Rouen", {}),
        ("seances", "20/03/2027 14h", {"debut": "2027-03-20 14:00"}),
        ("seances", "mercredi", {}),
        ("image", "affiche été.png", {}),
        ("image", "affiche.png", {"fichier": "affiche.png", "alt": "…", "credit": "…"}),
        ("horaires", "14h–17h sauf lundi", {}),
    ],
)
def test_what_the_text_says_is_kept_and_nothing_is_made_up(
    name: str, text: str, group: dict[str, str]
) -> None:
    line = as_group(name, text)
    if not group:
        assert line == ""
        return
    root, found = parse_front_matter(f"{name}: {line}", PurePosixPath("a.md"), 1)
    assert root is not None and not found, "the line is read as it is written"
    assert root.plain() == {name: group}
