"""The editor's word for one issue of the letter: ``content/newsletters/2021-s39.md``."""

from __future__ import annotations

from typing import Annotated, ClassVar

from portail.model.dossier import RefLibre
from portail.model.entry import Entry
from portail.model.fields import Liste, champ
from portail.model.kinds import Kind

__all__ = ["Newsletter"]

_Refs = Annotated[tuple[Annotated[str, RefLibre], ...], Liste(60)]


class Newsletter(Entry):
    """One weekly issue; ``titre`` is the subject line."""

    kind: ClassVar[Kind] = Kind.NEWSLETTER
    obligatoires: ClassVar[tuple[str, ...]] = ("titre",)

    epingles: _Refs = champ("Épinglés", "En tête de la lettre.", "articles/un-article", default=())
    exclus: _Refs = champ("Exclus", "Laissés hors de la lettre.", "events/un-evenement", default=())
    ordre: _Refs = champ("Ordre", "Ordre voulu.", "articles/un-article", default=())
