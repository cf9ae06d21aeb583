"""Ask other sites whether the addresses that contents cite answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from portail.feature import Around, Command, Feature, Source
from portail.late import late
from portail.outputs.pages.slots import DESK_SECTIONS
from portail.settings import Setting, read_text

with late(__name__):
    from . import desk

if TYPE_CHECKING:
    from portail.config import SiteConfig
    from portail.diagnostics import Diagnostic

    from .records import Releve

_FILE = "PORTAIL_LIENS"
_DEFAULT = ".cache/liens.json"


def file_of(config: SiteConfig) -> str:
    return str(config.added.get("liens", _DEFAULT))


def _load(around: Around) -> tuple[Mapping[str, Releve] | None, Iterable[Diagnostic]]:
    # What is known of each address; ``None`` where they were never checked. Only a preview reads
    # it, for the editors: what is published does not depend on what other sites answer.
    from .records import read_liens

    config = around.config
    return (read_liens(around.folder / file_of(config)) if config.apercu else None), ()


feature = Feature(
    name="liens",
    title="Vérifier les liens",
    after=("asuivre", "moissonner", "porte"),
    settings=(Setting(_FILE, read_text(_FILE), _DEFAULT),),
    reads=(Source("liens", _load),),
    slots={DESK_SECTIONS: desk.desk_section},
    commands={
        "liens": Command(
            "demande aux autres sites si les adresses citées répondent", example="--duree 10"
        )
    },
)
