"""Addresses of the forms, and of what their scripts read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.model.kinds import Kind
from portail.text.normalise import slugify

if TYPE_CHECKING:
    from portail.site.site import Site

# The page where one chooses what to propose.
CONTRIBUTE = "/contribuer/"
# What a form completes names with: a file for each folder of contents, ``lieux.json``…
LANDMARKS = f"{CONTRIBUTE}reperes/"
# The rules of texts.
BODY_RULES = f"{CONTRIBUTE}corps.json"
# Words by which a form finds the values of a text that is pasted.
MATCHES = f"{CONTRIBUTE}correspondances.json"
PLACES = f"{CONTRIBUTE}communes/"


def form_of(kind: Kind) -> str:
    """Where a content of ``kind`` is proposed: ``/contribuer/evenement/``."""
    return f"{CONTRIBUTE}{slugify(kind.info.nom)}/"


def sources_of(kind: Kind) -> str:
    """Below which the form reads the contents of ``kind`` again, a few in each file:
    ``/contribuer/fichiers/events/``."""
    return f"{CONTRIBUTE}fichiers/{kind.info.folder}/"


def proposed(site: Site, kind: Kind | None) -> str:
    if kind:
        return form_of(kind)
    return CONTRIBUTE
