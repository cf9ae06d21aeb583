"""The identity of an instance: its colours, its logo, the mark of who is behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature
from portail.settings import Setting

if TYPE_CHECKING:
    from pathlib import Path

    from portail.config import SiteConfig
    from portail.diagnostics import Diagnostic
    from portail.feature import Dressing
    from portail.features.services.identite.palette import Colours
    from portail.features.services.identite.settings import Logo


def _read_colours(value: object) -> Colours | None:
    from portail.features.services.identite.settings import read_colours

    return read_colours(value)


def _read_logo(value: object) -> Logo | None:
    from portail.features.services.identite.settings import read_logo

    return read_logo(value)


def _faults(config: SiteConfig, root: Path) -> Iterator[Diagnostic]:
    from portail.features.services.identite.faults import identity_faults

    return identity_faults(config, root)


def _files(config: SiteConfig, root: Path) -> Iterable[Path]:
    from portail.features.services.identite.settings import files_of

    return files_of(config, root)


def _dressing() -> Dressing:
    from portail.features.services.identite import layer

    return layer


feature = Feature(
    name="identite",
    title="Identité : couleurs, logo",
    settings=(
        Setting("PORTAIL_COULEURS", _read_colours, None),
        Setting("PORTAIL_LOGO", _read_logo, None),
    ),
    judges_settings=_faults,
    files=_files,
    dresses=_dressing,
)
