"""What contributors of an instance are offered."""

import pytest

from doses import cases, rows_of
from portail.contributions import ContributionConfig
from portail.diagnostics import ConfigError
from portail.features import configured


def test_by_default_nothing_is_said():
    assert configured({}).contribuer == ContributionConfig()


def test_every_key_is_read():
    told = {
        "voie": "courriel",
        "delai": "une semaine",
        "nouveau": "https://forge.example.org/p/-/new/{branche}?f={chemin}&c={contenu}",
    }

    config = configured({"PORTAIL_CONTRIBUER": told})
    assert config.contribuer == ContributionConfig(**told)


@cases(("value", "said"), rows_of("portail/contributions.yml"))
def test_a_faulty_setting_is_told(value, said):
    with pytest.raises(ConfigError, match=said.replace("?", r"\?")):
        configured({"PORTAIL_CONTRIBUER": value})
