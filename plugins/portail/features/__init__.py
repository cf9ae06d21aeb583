"""The features of Portail: one folder each, which this table names in the order in which they are
asked. To take one out, delete its line and its folders.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from portail.features import (
    affiches,
    agenda,
    apercu,
    boite,
    calendriers,
    cars,
    carte,
    catalogue,
    chiffres,
    classes,
    contribuer,
    demandes,
    deposer,
    docs,
    donnees,
    douces,
    effacer,
    embarquer,
    exporter,
    flux,
    guides,
    importer,
    imprimes,
    init,
    lettre,
    liens,
    migrer,
    presse,
    questions,
    recherche,
    redaction,
    sansvoiture,
    suites,
    tempsforts,
    territoires,
    voisins,
)

if TYPE_CHECKING:
    from pathlib import Path

    from portail.config import SiteConfig
    from portail.feature import Feature

FEATURES = (
    recherche.feature,
    contribuer.feature,
    guides.feature,
    agenda.feature,
    tempsforts.feature,
    territoires.feature,
    sansvoiture.feature,
    douces.feature,
    cars.feature,
    lettre.feature,
    catalogue.feature,
    classes.feature,
    demandes.feature,
    questions.feature,
    carte.feature,
    boite.feature,
    flux.feature,
    calendriers.feature,
    suites.feature,
    donnees.feature,
    embarquer.feature,
    affiches.feature,
    imprimes.feature,
    voisins.feature,
    presse.feature,
    chiffres.feature,
    redaction.feature,
    exporter.feature,
    liens.feature,
    importer.feature,
    deposer.feature,
    apercu.feature,
    init.feature,
    migrer.feature,
    effacer.feature,
    docs.feature,
)


def configured(settings: Mapping[str, Any], **known: Any) -> SiteConfig:
    """The settings of an instance, those of features among them (``config.site_config``). Raises
    ``ConfigError``."""
    from portail.config import site_config

    added = [setting for feature in FEATURES for setting in feature.settings]
    return site_config(settings, added, **known)


def used(config: SiteConfig) -> tuple[Feature, ...]:
    """The features that an instance uses."""
    return tuple(feature for feature in FEATURES if feature.is_used(config))


def folders_read(features: Iterable[Feature], config: SiteConfig, root: Path) -> Iterator[Path]:
    """Folders of what features read besides the contents, from ``root``, the one that holds
    these."""
    for feature in features:
        for source in feature.reads:
            if folder := source.folder(config):
                yield root / folder


def setting_names() -> tuple[str, ...]:
    """Every setting of an instance, as ``pelicanconf.py`` names it."""
    from portail.config import SETTINGS

    return (*SETTINGS, *(setting.name for feature in FEATURES for setting in feature.settings))
