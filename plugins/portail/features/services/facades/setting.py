"""Whether drawings are pictures too (``PORTAIL_IMAGE_DU_SOIR``)."""

from __future__ import annotations

from importlib.util import find_spec

from portail.diagnostics import ConfigError
from portail.settings import read_flag

NAME = "PORTAIL_IMAGE_DU_SOIR"


def read_setting(value: object) -> bool:
    """Whether drawings are pictures too. Raises ``ConfigError``, also where resvg is missing."""
    wanted = read_flag(NAME)(value)
    if wanted and find_spec("resvg_py") is None:
        raise ConfigError(
            f"{NAME} demande resvg : tapez « pip install resvg-py », et ajoutez une ligne "
            "« resvg-py » à requirements.txt ; ou retirez ce réglage."
        )
    return wanted
