"""What the fields of a place say together."""

import pytest

from doses import rows_of
from portail.features.kinds.lieux.model import TarifLieu
from portail.model.kinds import Kind
from portail.model.registry import MODELS

TABLES = rows_of("features/kinds/lieux/model.yml")

ORDINARY = TABLES["ordinary"]
OTHERS = TABLES["others"]


@pytest.mark.parametrize(
    ("row", "known"), [*((row, True) for row in ORDINARY), *((row, False) for row in OTHERS)]
)
def test_the_ordinary_price_of_an_adult(row, known):
    fare = TarifLieu.model_construct(
        **dict(zip(("libelle", "prix", "conditions"), row, strict=True))
    )
    assert MODELS[Kind.LIEU].model_construct(tarifs=(fare,)).prix_connu is known
