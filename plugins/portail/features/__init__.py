"""The features of Portail: one folder each, which this table names in the order in which they are
asked. To take one out, delete its line and its folders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from portail.diagnostics import DataError
from portail.features import (
    accueil,
    affiches,
    agenda,
    alentours,
    annonces,
    apercu,
    articles,
    auteurs,
    bilans,
    boite,
    brouillons,
    calendriers,
    cars,
    carte,
    catalogue,
    chiffres,
    choisir,
    citer,
    classes,
    cms,
    communautes,
    contribuer,
    coordonnees,
    corriger,
    demandes,
    deposer,
    docs,
    donnees,
    dossiers,
    douces,
    effacer,
    embarquer,
    entetes,
    evenements,
    exporter,
    facettes,
    falc,
    flux,
    fonds,
    guides,
    horaires,
    horsligne,
    identite,
    importer,
    imprimes,
    init,
    lettre,
    liens,
    lieux,
    lsp,
    migrer,
    moteurs,
    notations,
    nouveau,
    presse,
    prets,
    projets,
    questions,
    recherche,
    redaction,
    redirections,
    relais,
    relatifs,
    ressources,
    restes,
    sansvoiture,
    schemas,
    suites,
    sujets,
    tableurs,
    tempsforts,
    territoires,
    voisins,
)
from portail.model.kinds import ROWS

if TYPE_CHECKING:
    from pathlib import Path

    from portail.config import SiteConfig
    from portail.feature import Dressing, Feature
    from portail.outputs.pages.views.shared import PageView

FEATURES = (
    redirections.feature,
    fonds.feature,
    alentours.feature,
    accueil.feature,
    articles.feature,
    evenements.feature,
    annonces.feature,
    ressources.feature,
    lieux.feature,
    dossiers.feature,
    communautes.feature,
    projets.feature,
    auteurs.feature,
    sujets.feature,
    facettes.feature,
    recherche.feature,
    contribuer.feature,
    choisir.feature,
    guides.feature,
    citer.feature,
    agenda.feature,
    tempsforts.feature,
    territoires.feature,
    sansvoiture.feature,
    douces.feature,
    cars.feature,
    falc.feature,
    lettre.feature,
    catalogue.feature,
    relais.feature,
    classes.feature,
    demandes.feature,
    questions.feature,
    carte.feature,
    boite.feature,
    flux.feature,
    calendriers.feature,
    horsligne.feature,
    suites.feature,
    donnees.feature,
    embarquer.feature,
    affiches.feature,
    imprimes.feature,
    voisins.feature,
    presse.feature,
    bilans.feature,
    chiffres.feature,
    brouillons.feature,
    cms.feature,
    redaction.feature,
    exporter.feature,
    liens.feature,
    corriger.feature,
    tableurs.feature,
    schemas.feature,
    nouveau.feature,
    importer.feature,
    deposer.feature,
    apercu.feature,
    init.feature,
    migrer.feature,
    lsp.feature,
    effacer.feature,
    docs.feature,
    identite.feature,
    entetes.feature,
    horaires.feature,
    prets.feature,
    coordonnees.feature,
    notations.feature,
    relatifs.feature,
    restes.feature,
    moteurs.feature,
)


def _check_kinds() -> None:
    """Raise ``DataError`` for a row of a kind that no feature of the table brings, or the other
    way round."""
    brought = {(one.name, kind.folder) for one in FEATURES for kind in one.kinds}
    rows = {(row.feature, kind.value) for kind, row in ROWS.items() if row.feature}
    for name, folder in sorted(brought ^ rows):
        raise DataError(f"features/{name}: kind.yml and the table of features differ on {folder}.")


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


_check_kinds()
if _wrong := [*missing_needs(FEATURES)]:
    raise DataError("\n".join(_wrong))


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


def files_named(features: Iterable[Feature], config: SiteConfig, root: Path) -> Iterator[Path]:
    """Files that the settings of features name, in ``root``, the folder of the portal."""
    for feature in features:
        if feature.files:
            yield from feature.files(config, root)


def posted_to(config: SiteConfig) -> tuple[str, ...]:
    """Addresses of other sites to which forms of features post, in a portal with these
    settings."""
    addresses = (feature.posts(config) for feature in used(config) if feature.posts)
    return tuple(filter(None, addresses))


def dressing() -> Dressing | None:
    """What lays the identity of an instance over the theme, if a feature does."""
    return next((feature.dresses() for feature in FEATURES if feature.dresses), None)


def description() -> Callable[[PageView, SiteConfig], Mapping[str, Any]] | None:
    """What makes the JSON-LD of a page, if a feature does."""
    return next((feature.describes for feature in FEATURES if feature.describes), None)


def setting_names() -> tuple[str, ...]:
    """Every setting of an instance, as ``pelicanconf.py`` names it."""
    from portail.config import SETTINGS

    return (*SETTINGS, *(setting.name for feature in FEATURES for setting in feature.settings))
