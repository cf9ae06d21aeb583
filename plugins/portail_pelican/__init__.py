"""Adapter: Pelican's settings, templates and run, in the service of Portail's domain.

Pelican keeps its commands, settings, theme, static files and other plug-ins; the contents of
``content/`` are read, checked and planned by ``portail``, published by ``portail_publication``.
"""

from __future__ import annotations

from typing import Any

from pelican import signals

from portail_pelican.bridge import give_counts
from portail_pelican.generator import PortailGenerator
from portail_pelican.publication import publish_site
from portail_pelican.settings import prepare

__all__ = ["register"]


def _generator(pelican: Any) -> type[PortailGenerator]:
    return PortailGenerator


def register() -> None:
    """Connect to Pelican; called once by its plug-in loader."""
    signals.initialized.connect(prepare)
    signals.get_generators.connect(_generator)
    signals.all_generators_finalized.connect(give_counts)
    signals.finalized.connect(publish_site)
