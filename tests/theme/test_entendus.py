"""What the letter's form, which neither site has, says to who listens."""

import pytest
from lettres_vues import archive
from navigateur import ORIGIN, hold

from audit_voix import findings
from voix import listen

pytestmark = pytest.mark.chromium


@pytest.fixture(scope="module")
def heard(pool, rendu_sur):
    """What each page says, in one tab."""
    rendu, voices = rendu_sur(ORIGIN), {}
    with pool.lending() as opened:
        tab = opened(1280)
        for name, case in {"abonnement": archive(numero=None)}.items():
            hold(f"/entendu-{name}", rendu(*case))
            tab.goto(f"{ORIGIN}/entendu-{name}")
            voices[name] = listen(tab)
    return voices


def test_nothing_is_said_twice_nor_without_a_name(heard):
    assert not [found for voice in heard.values() for found in findings(voice)]


def test_the_letter_says_what_one_gives_and_what_follows(heard):
    said = heard["abonnement"].said
    field = next(one for one in said if one.name == "Adresse électronique")
    assert "obligatoire" in field.states and "confirmer" in field.description
    assert "Hauts-de-France" in [one.name for one in said if one.role == "option"]
    assert any(one.role == "button" and one.name == "S’abonner" for one in said)
