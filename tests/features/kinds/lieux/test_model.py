"""What the fields of a place say together."""

import pytest

from portail.features.kinds.lieux.model import TarifLieu
from portail.model.kinds import Kind
from portail.model.registry import MODELS

ORDINARY = [
    ("plein tarif", 6, None),
    ("plein tarif", 4, "gratuit le dimanche"),
    ("adultes", 7, None),
    ("tarif", 4, None),
    ("entrée", 0, None),
    ("entrée", 0, "sur réservation"),
    ("expositions", 0, None),
    ("tout est gratuit", 0, None),
    ("palais et musées", 8, "hors exposition"),
    ("billet pris en ligne", 28.5, "en 2024"),
]
OTHERS = [
    ("premier dimanche du mois", 0, "collections permanentes"),
    ("entrée", 0, "le premier dimanche du mois"),
    ("entrée", 0, "moins de 18 ans"),
    ("Galerie du temps", 0, None),
    ("tarif réduit", 3, None),
    ("entrée des étudiants", 4, None),
    ("famille (deux adultes et deux enfants)", 20, None),
    ("moins de 16 ans avec un adulte", 0, None),
    ("adhésion d’un an", 15, None),
    ("atelier", 5, None),
]


@pytest.mark.parametrize(
    ("row", "known"), [*((row, True) for row in ORDINARY), *((row, False) for row in OTHERS)]
)
def test_the_ordinary_price_of_an_adult(row, known):
    fare = TarifLieu.model_construct(
        **dict(zip(("libelle", "prix", "conditions"), row, strict=True))
    )
    assert MODELS[Kind.LIEU].model_construct(tarifs=(fare,)).prix_connu is known
