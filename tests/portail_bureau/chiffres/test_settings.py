"""The setting that shows the years."""

import pytest

from portail.diagnostics import ConfigError
from portail.features import configured


def test_it_is_true_or_false():
    with pytest.raises(ConfigError, match="PORTAIL_CHIFFRES attend True ou False"):
        configured({"PORTAIL_CHIFFRES": 1})
    assert configured({"PORTAIL_CHIFFRES": True}).added["chiffres"] is True
    assert configured({}).added["chiffres"] is False
