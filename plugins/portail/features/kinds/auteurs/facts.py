"""What the page of an author states: their structure, their identifier, their site."""

from __future__ import annotations

from portail.facts.base import Value, made, named
from portail.facts.common import SITE
from portail.features.kinds.auteurs.model import Auteur


def _orcid(entry: Auteur) -> tuple[Value, ...]:
    return (Value(entry.orcid, f"https://orcid.org/{entry.orcid}"),) if entry.orcid else ()


_AFFILIATION = named("Structure", "affiliation")

BOX = (_AFFILIATION, made("ORCID", _orcid), SITE)
CARD = (_AFFILIATION,)
