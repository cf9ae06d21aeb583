"""The masthead of a letter: who publishes, as the settings say, and as the file of a week does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath

from portail.agenda.weeks import Week
from portail.config import SiteConfig
from portail.diagnostics import Diagnostic
from portail.model.faults import Fault
from portail.model.issue import Frozen, Masthead
from portail.model.kinds import Kind
from portail.site.envois import check_envoi
from portail.source.envois import SUFFIX
from portail.source.json_nodes import compose
from portail.source.validation import locate

__all__ = ["check_mastheads", "masthead_of", "other_masthead"]

_REMEDY = "Seul l’envoi écrit ce fichier : s’il ne vient pas de lui, supprimez-le."


def masthead_of(config: SiteConfig) -> Masthead:
    """Who publishes, as the settings of the site say today."""
    letter = config.lettre
    return Masthead(
        nom=config.nom,
        region=config.region,
        siteurl=config.siteurl,
        courriel=config.courriel,
        expediteur=letter.expediteur or config.courriel,
        desabonnement=letter.desabonnement,
        etiquette=config.etiquette,
    )


def other_masthead(frozen: Frozen, config: SiteConfig) -> Iterator[tuple[str, str]]:
    """The keys of the masthead that do not say what the settings do, and what these say; the
    address of the site only where it is known."""
    told, ours = frozen.enseigne.model_dump(), masthead_of(config).model_dump()
    for key, value in ours.items():
        if told[key] != value and (key != "siteurl" or value):
            yield key, value


def check_mastheads(content: Path, config: SiteConfig, day: date) -> list[Diagnostic]:
    """Files of the present week, or of one to come, that are not under our name (E130).

    They may still be sent. Of weeks that are over, settings may have changed since. What is wrong
    with a file otherwise is told elsewhere.
    """
    found = []
    for file in sorted((content / Kind.NEWSLETTER.value).glob(f"*{SUFFIX}")):
        week = Week.parse(file.name.removesuffix(SUFFIX))
        if week is None or week.last < day or file.is_symlink():
            continue
        path = PurePosixPath(content.name, Kind.NEWSLETTER.value, file.name)
        data = file.read_bytes()
        frozen, _ = check_envoi(data, path)
        for key, value in other_masthead(frozen, config) if frozen else ():
            reason = f"les réglages du site disent « {value} »"
            told: dict[str, object] = {"cle": key, "raison": reason, "remede": _REMEDY}
            root = compose(data.decode("utf-8-sig"))
            found.append(locate(Fault("E130", ("enseigne", key), told), root, path))
    return found
