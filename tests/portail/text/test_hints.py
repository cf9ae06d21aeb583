"""Prices as people write them."""

from doses import cases
from portail.text.hints import price_of


@cases("space", [" ", "\u00a0", "\u202f", "\u2009", "\u2007"])
def test_thousands_are_parted_by_any_space(space):
    assert price_of(f"Un atelier à 10{space}500{space}€") == {"prix": "10500"}
    assert price_of(f"1{space}250,50 euros") == {"prix": "1250,50"}
