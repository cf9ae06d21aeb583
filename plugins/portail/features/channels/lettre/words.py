"""Words of the letter: ``mots.yml``."""

from collections.abc import Mapping
from typing import Any

from portail.resources import rows_of

WORDS: Mapping[str, Any] = rows_of("channels.lettre", "mots")
