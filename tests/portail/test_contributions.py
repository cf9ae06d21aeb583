"""What contributors of an instance are offered."""

import pytest

from doses import cases
from portail.diagnostics import ConfigError
from portail.features import configured
from portail.features.intake.contribuer.settings import ContributionConfig, contributions_of


def test_by_default_nothing_is_said():
    assert contributions_of(configured({})) == ContributionConfig()


def test_every_key_is_read():
    told = {
        "voie": "courriel",
        "delai": "une semaine",
        "nouveau": "https://forge.example.org/p/-/new/{branche}?f={chemin}&c={contenu}",
    }

    config = configured({"PORTAIL_CONTRIBUER": told})
    assert contributions_of(config) == ContributionConfig(**told)


@cases(
    ("value", "said"),
    [
        ("courriel", "attend un dictionnaire"),
        ({"voies": "forge"}, "Vouliez-vous dire « voie » ?"),
        ({"voie": "fax"}, "n’est pas connue"),
        ({"delai": 3}, "attend un texte"),
        ({"nouveau": "https://forge.example.org/new"}, "contient {chemin} et {contenu}"),
        ({"nouveau": "javascript:{chemin}{contenu}"}, "contient {chemin} et {contenu}"),
        ({"relais": "https://relais.example.org"}, "« relais »"),
    ],
)
def test_a_faulty_setting_is_told(value, said):
    with pytest.raises(ConfigError, match=said.replace("?", r"\?")):
        configured({"PORTAIL_CONTRIBUER": value})
