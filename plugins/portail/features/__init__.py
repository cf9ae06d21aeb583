"""The features of Portail: one folder each, in six streets. This table names them in the order in
which they are asked. To take one out, delete its line and its folders. Those of packages (ours,
and others that the settings name) come each after those that it says (``Feature.after``).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import portail
from portail.diagnostics import DataError
from portail.features.channels import (
    flux,
)
from portail.features.desk import (
    docs,
)
from portail.features.intake import (
    nouveau,
)
from portail.features.kinds import (
    annonces,
    articles,
    auteurs,
    communautes,
    dossiers,
    evenements,
    genres,
    lieux,
    projets,
    ressources,
    tempsforts,
    territoires,
)
from portail.features.pages import (
    accueil,
    carte,
    sujets,
)
from portail.features.services import (
    agenda,
    alentours,
    arrets,
    bilans,
    calendriers,
    coordonnees,
    editions,
    facades,
    facettes,
    fiches,
    fondsdecarte,
    horaires,
    oublis,
    prets,
    redirections,
    referencement,
    relatifs,
    schemas,
)
from portail.installed import GROUP as GROUP
from portail.installed import features, named_features, packages
from portail.late import LateModule, found
from portail.model.kinds import ROWS
from portail.roles import DRESSES, POSTS

if TYPE_CHECKING:
    from portail.config import SiteConfig
    from portail.feature import Feature
    from portail.roles import Dressing

# What is in the folders whose names alone do not say it:
# fondsdecarte: what maps are drawn on
# alentours: what is around a content: named by it, next, near
# editions: years of what comes back each year
# genres: kinds of an instance
# arrets: the station and the stop nearest
# bilans: a year in figures
# fiches: records in a database, asked in SQL
# nouveau: `portail new`
# facades: places drawn from their sheets
# prets: loans of touring tools
# relatifs: words true of one day only
# oublis: what other tools and examples left in a text
# referencement: what search engines are told
_FOLDERS = (
    redirections,
    fondsdecarte,
    alentours,
    editions,
    accueil,
    articles,
    evenements,
    annonces,
    ressources,
    lieux,
    dossiers,
    communautes,
    projets,
    auteurs,
    genres,
    sujets,
    facettes,
    agenda,
    tempsforts,
    territoires,
    arrets,
    carte,
    flux,
    calendriers,
    bilans,
    schemas,
    fiches,
    nouveau,
    docs,
    horaires,
    facades,
    prets,
    coordonnees,
    relatifs,
    oublis,
    referencement,
)

NAMED = frozenset(entry.name for entry in named_features())
"""Features of packages that are not ours: a portal has those that its settings name."""


# The ``__init__`` of a package imports nothing of ``portail.features``, which imports it.
def _brought() -> dict[str, tuple[ModuleType, Feature]]:
    """Every feature and its folder, by name. Raises ``DataError`` for one that cannot be imported,
    or that has the name of another."""
    every = {folder.feature.name: (folder, folder.feature) for folder in _FOLDERS}
    for entry in features():
        caught = Exception if entry.name in NAMED else (ImportError, AttributeError)
        try:
            feature = entry.load()
            name = feature.name
        except caught as error:
            whose = entry.dist.name if entry.dist else "Portail"
            raise DataError(
                f"La fonction « {entry.name} » ne se charge pas ({error}) : réinstallez {whose}."
            ) from error
        if name in every or name != entry.name:
            raise DataError(
                f"La fonction « {entry.name} » s’appelle « {name} » : une autre a ce nom, ou son "
                "paquet la déclare sous un autre."
            )
        every[name] = sys.modules[entry.module], feature
    return every


def _in_order(every: Mapping[str, tuple[ModuleType, Feature]]) -> tuple[str, ...]:
    # Those of the table; then each of the others after those that it follows, or last.
    placed = [folder.feature.name for folder in _FOLDERS]
    waiting = [name for name in every if name not in placed]
    while waiting:
        after = {name: {*every[name][1].after} for name in waiting}
        ready = [name for name in waiting if after[name].isdisjoint(waiting)] or waiting
        name = ready[0]
        places = [placed.index(other) + 1 for other in after[name].intersection(placed)]
        placed.insert(max(places, default=len(placed)), name)
        waiting.remove(name)
    return tuple(placed)


_BY_NAME = _brought()
_EVERY = tuple(_BY_NAME[name] for name in _in_order(_BY_NAME))
for _folder, _ in _EVERY:  # who imports a module from there gets it, not what stands for it
    for _name, _value in [*vars(_folder).items()]:
        if isinstance(_value, LateModule):
            delattr(_folder, _name)
FEATURES = tuple(feature for _, feature in _EVERY)
PLACES: Mapping[str, str] = {feature.name: folder.__name__ for folder, feature in _EVERY}
"""The folder of each feature, by the name of the feature: « portail.features.pages.carte »."""
CODE = (Path(portail.__path__[0]), *packages())
"""The packages that bring features, ``portail`` first: a site depends on their code."""

COMMANDS: dict[str, str] = {}
for _feature in FEATURES:
    COMMANDS |= dict.fromkeys(_feature.commands, f"{PLACES[_feature.name]}.command")
"""The module of each command that a feature brings."""


def _faults() -> Iterator[str]:
    # What is brought twice; kinds of which the row and the feature differ.
    told = Counter[str]()
    kinds = set[tuple[str, str]]()
    for feature in FEATURES:
        told.update((*feature.commands, *(setting.name for setting in feature.settings)))
        kinds.update((PLACES[feature.name], kind.folder) for kind in feature.kinds)
    for name, times in told.items():
        if times > 1:
            yield f"« {name} » est apporté par deux fonctions : retirez-en une."
    rows = {(row.feature, kind.value) for kind, row in ROWS.items() if row.feature}
    for place, folder in sorted(kinds ^ rows):
        yield f"{place}: kind.yml and the table of features differ on {folder}."
    yield from missing_needs(FEATURES)


def missing_needs(features: Sequence[Feature]) -> Iterator[str]:
    """A sentence for each feature that a feature needs, and that is not among them."""
    names = {feature.name for feature in features}
    for feature in features:
        for need in feature.needs:
            if need not in names:
                yield (
                    f"« {feature.name} » a besoin de « {need} », qui n’est plus parmi les "
                    f"fonctions (plugins/portail/features/__init__.py) : remettez « {need} », ou "
                    f"retirez aussi « {feature.name} »."
                )


if _wrong := [*_faults()]:
    raise DataError("\n".join(_wrong))


def configured(settings: Mapping[str, Any], **known: Any) -> SiteConfig:
    """The settings of an instance, those of features among them (``config.site_config``). Raises
    ``ConfigError``."""
    from portail.config import site_config

    added = list(chain.from_iterable(feature.settings for feature in FEATURES))
    return site_config(settings, added, **known)


def used(config: SiteConfig) -> tuple[Feature, ...]:
    """The features that an instance uses."""
    here = (one for one in FEATURES if one.name not in NAMED or one.name in config.greffons)
    return tuple(feature for feature in here if feature.is_used(config))


def posted_to(config: SiteConfig) -> tuple[str, ...]:
    """Addresses of other sites to which forms of features post, in a portal with these
    settings."""
    posts = POSTS.of(used(config))
    return tuple(filter(None, [posts(config)] if posts else ()))


def dressing() -> Dressing | None:
    """What lays the identity of an instance over the theme, if a feature does."""
    return found(DRESSES.of(FEATURES))
