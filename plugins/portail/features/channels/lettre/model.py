"""The editor’s word for one issue of the letter: ``content/newsletters/2027-s39.md``."""

from typing import Annotated, ClassVar

from portail.model.collections import RefLibre
from portail.model.entry import Entry
from portail.model.fields import Liste
from portail.model.kinds import Kind
from portail.model.scalars import champ

_Refs = Annotated[tuple[Annotated[str, RefLibre], ...], Liste(60)]


class Newsletter(Entry):
    """One weekly issue; ``titre`` is the subject line."""

    kind: ClassVar[Kind] = Kind.NEWSLETTER
    obligatoires: ClassVar[tuple[str, ...]] = ("titre",)

    epingles: _Refs = champ("Épinglés", "En tête de la lettre.", "articles/un-article", default=())
    exclus: _Refs = champ("Exclus", "Laissés hors de la lettre.", "events/un-evenement", default=())
    ordre: _Refs = champ("Ordre", "Ordre voulu.", "articles/un-article", default=())
