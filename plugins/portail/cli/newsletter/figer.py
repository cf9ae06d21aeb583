"""``portail newsletter figer``: writes the file of a week, which makes its letter for ever."""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath

from portail.agenda.weeks import Week
from portail.cli.newsletter.weeks import checked_week
from portail.cli.terminal import safe
from portail.errors import ConfigError
from portail.files import atomic_write
from portail.model.issue import Frozen
from portail.model.kinds import Kind
from portail.outputs.newsletter.freezing import freeze, frozen_text
from portail.site.envois import check_envoi
from portail.site.site import Site
from portail.source.envois import SUFFIX
from portail.text.dates import jour

__all__ = ["figer", "frozen_file", "write_frozen"]


def frozen_file(content: Path, week: Week) -> Path:
    """The file of a week that was sent."""
    return content / Kind.NEWSLETTER.value / f"{week.slug}{SUFFIX}"


def figer(site: Site, asked: Week | None, content: Path, *, forced: bool = False) -> int:
    """Write the file of a week (the present one by default); returns 0. Raises ``ConfigError``
    when it is written already, or cannot be sent."""
    week = asked or Week.of(site.day.date)
    frozen = write_frozen(site, week, content, forced=forced)
    lines = sum(len(one.lignes) for one in frozen.editions.values())
    count = len(frozen.editions)
    sys.stdout.write(
        f"{safe(str(frozen_file(content, week)))} est écrit : {count} "
        f"édition{'s' * (count > 1)}, {lines} lignes.\n"
        "Ce numéro ne change plus. Ajoutez ce fichier au dépôt : c’est lui qui dit ce qui a été "
        "envoyé.\n"
    )
    return 0


def write_frozen(site: Site, week: Week, content: Path, *, forced: bool = False) -> Frozen:
    """Freeze the letter of ``week`` into its file, whole or not at all; returns what it says.

    Raises ``ConfigError`` when it is frozen already, to come, over for long (unless ``forced``),
    without a public address to lead to, or empty.
    """
    file = frozen_file(content, week)
    known = site.envois.get(week.slug)
    if known or file.exists():
        day = f" (le {jour(known.fige_le, semaine=False)})" if known else ""
        raise ConfigError(
            f"La lettre de {week.slug} est déjà figée{day} : un numéro envoyé ne change plus."
        )
    checked_week(week, site, forced=forced)
    if not site.config.siteurl:
        raise ConfigError(
            "Une lettre mène à des adresses entières : dites celle du site. "
            f"SITEURL=https://exemple.org portail newsletter figer {week.slug}"
        )
    frozen = freeze(site, week)
    if not frozen.editions:
        raise ConfigError(f"Rien à dire en {week.slug} : il n’y a pas de lettre à figer.")
    data = frozen_text(frozen).encode()
    again, found = check_envoi(data, PurePosixPath(content.name, Kind.NEWSLETTER.value, file.name))
    if found:
        raise ConfigError(
            f"La lettre de {week.slug} ne peut pas être figée telle quelle. {found[0].message} "
            "Corrigez le contenu ou le mot d’où cela vient, ou excluez-le."
        )
    assert again == frozen
    try:
        atomic_write(file, data)
    except OSError as error:
        raise ConfigError(f"« {file} » ne peut pas être écrit : {error.strerror}.") from error
    return frozen
