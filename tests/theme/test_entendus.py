"""What the letter's form, which neither site has, says to who listens."""

import pytest
from navigateur import ORIGIN, hold

from audit_voix import findings
from portail.outputs.pages.views.shared import Abonnement
from voix import listen

pytestmark = pytest.mark.chromium


@pytest.fixture(scope="module")
def heard(pool, rendu_sur, changed):
    """What the page of the letter says, with the form of a service."""
    lists = (("1", "Hauts-de-France"), ("2", "Somme"))
    form = Abonnement("https://listes.example.org/form", "l", lists, "1", (("nonce", ""),))
    with pool.lending() as opened:
        tab = opened(1280)
        hold("/entendu", rendu_sur(ORIGIN)(*changed("/newsletter/", abonnement=form)))
        tab.goto(f"{ORIGIN}/entendu")
        return listen(tab)


def test_nothing_is_said_twice_nor_without_a_name(heard):
    assert not [*findings(heard)]


def test_the_letter_says_what_one_gives_and_what_follows(heard):
    said = heard.said
    field = next(one for one in said if one.name == "Adresse électronique")
    assert "obligatoire" in field.states and "confirmer" in field.description
    assert "Hauts-de-France" in [one.name for one in said if one.role == "option"]
    assert any(one.role == "button" and one.name == "S’abonner" for one in said)
