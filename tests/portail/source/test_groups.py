"""A group that someone wrote as one text: the remedy gives back what that text says."""

import re
from pathlib import PurePosixPath

from hypothesis import example, given
from hypothesis import strategies as st

from doses import cases
from portail.source.document import parse_front_matter
from portail.source.groups import as_group


@cases(
    ("name", "text", "group"),
    [
        ("tarif", "gratuit", {"gratuit": "true"}),
        ("tarif", "Entrée libre", {"gratuit": "true"}),
        ("tarif", "5,50 euros", {"prix": "5,50"}),
        ("tarif", "8€ / 5€ (réduit)", {"prix": "8", "reduit": "5"}),
        ("tarif", "réduit 3 €, plein 5 €", {"prix": "5", "reduit": "3"}),
        ("tarif", "5€50 et 3,20 euros réduit", {"prix": "5,50", "reduit": "3,20"}),
        ("tarif", "5€ (3€ -12 ans)", {"prix": "5", "reduit": "3", "conditions": "-12 ans"}),
        (
            "tarif",
            "Tarif plein : 8 € ; tarif réduit : 5 € (étudiants, chômeurs)",
            {"prix": "8", "reduit": "5", "conditions": "étudiants, chômeurs"},
        ),
        (
            "tarif",
            "5 €, gratuit pour les moins de 12 ans",
            {"prix": "5", "conditions": "gratuit pour les moins de 12 ans"},
        ),
        (
            "tarif",
            "Adulte 8 €, enfant 5 €",
            {"prix": "8", "reduit": "5", "conditions": "Adulte 8 €, enfant 5 €"},
        ),
        ("tarif", "8 € / 5 €", {"conditions": "8 € / 5 €"}),
        ("tarif", "10 500 €", {"prix": "10500"}),
        ("tarif", "de 5 à 10 €", {"conditions": "de 5 à 10 €"}),
        ("tarif", "100 € de caution, gratuit", {"conditions": "100 € de caution, gratuit"}),
        ("tarif", "20 € la famille, 8 €", {"conditions": "20 € la famille, 8 €"}),
        ("tarif", "payant", {}),
        ("tarif", "gratuit " * 40, {}),
        ("age", "à partir de 8 ans", {"min": "8"}),
        ("age", "6-12 ans", {"min": "6", "max": "12"}),
        ("age", "jusqu’à 12 ans", {"max": "12"}),
        ("age", "12-6", {}),
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
        ("adresse", "Le Havre", {"commune": "Le Havre"}),
        (
            "adresse",
            "12 rue des Arts, 76000 Rouen",
            {"rue": "12 rue des Arts", "code_postal": "76000", "commune": "Rouen"},
        ),
        ("adresse", "Salle des fêtes, Rouen", {"nom": "Salle des fêtes", "commune": "Rouen"}),
        ("adresse", "1 rue A, 2 rue B, Rouen", {}),
        ("seances", "20/03/2027 14h", {"debut": "2027-03-20 14:00"}),
        ("seances", "mercredi", {}),
        ("image", "affiche été.png", {}),
        ("image", "affiche.png", {"fichier": "affiche.png", "alt": "…", "credit": "…"}),
        ("horaires", "14h–17h sauf lundi", {}),
    ],
)
def test_what_the_text_says_is_kept_and_nothing_is_made_up(name, text, group):
    line = as_group(name, text)
    if not group:
        assert line == ""
        return
    root, found = parse_front_matter(f"{name}: {line}", PurePosixPath("a.md"), 1)
    assert not found, "the line is read as it is written"
    assert root.plain() == {name: group}


PIECES = st.sampled_from(
    [
        *("5 €", "3€", "12,50 euros", "€ 7", "4€50", "réduit", "plein", "tarif", "enfants"),
        *("étudiants", "gratuit", "-12 ans", "moins de 6 ans", "sur place", "caution", "1"),
        *("et", "à", "(", ")", ",", ";", ":", "/", "-", "–", ".", "«", "½", "İ", "e\u0301"),
        *("\u00a0", "'"),
    ]
)
SAID_BY_FIELDS = frozenset(
    "tarif tarifs prix plein pleins normal normaux réduit réduits et ou au en".split()
    + "euro euros eur gratuit".split()
)
"""Words that the name of a field says in their place."""


def words_of(text):
    amounts = re.sub(r"(\d+)\s*€(\d{2})(?!\w)", r"\1,\2", text)
    return re.findall(r"\d+(?:[.,]\d+)?|[^\W\d]+", amounts.replace(".", ",").lower())


@example(["1", "€ 7", "1"], "")  # « 1€ 71 »: after a blank, a number is another
@given(st.lists(PIECES, min_size=1, max_size=9), st.sampled_from(("", " ")))
def test_no_word_of_a_price_is_lost_and_no_amount_is_made_up(pieces, between):
    text = between.join(pieces)
    line = as_group("tarif", text)
    if not line:
        return
    root, found = parse_front_matter(f"tarif: {line}", PurePosixPath("a.md"), 1)
    assert not found
    group = root.plain()["tarif"]
    written = words_of(" ".join(group.values()))
    said = set(words_of(text))
    if "gratuit" not in group:
        assert said - SAID_BY_FIELDS <= set(written)
        assert set(written) <= said
    amounts = [float(group[key].replace(",", ".")) for key in ("reduit", "prix") if key in group]
    assert amounts == sorted(amounts)
