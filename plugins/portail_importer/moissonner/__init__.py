"""The harvest: what organisers already publish comes in by itself, for somebody to accept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Command, Feature
from portail.feature import Source as Read
from portail.late import late

if TYPE_CHECKING:
    from portail.config import SiteConfig

with late(__name__):
    from . import sources


def _file(config: SiteConfig) -> str:
    return "sources.yml"


feature = Feature(
    name="moissonner",
    title="Moissonner ce que publient les autres",
    needs=("corriger", "importer", "nouveau", "schemas", "tableurs"),
    reads=(Read("moisson", sources.load_sources, _file),),
    commands={
        "moissonner": Command(
            "lit les sources de sources.yml, et propose ce qui y a changé", "Reprendre", "--simuler"
        )
    },
)
