"""The editor’s word for one issue of the letter: ``content/newsletters/2027-s39.md``."""

from typing import Annotated, ClassVar

from portail.model.collections import RefLibre
from portail.model.entry import Entry
from portail.model.kinds import Kind

Choisi = Annotated[str, RefLibre]


class Newsletter(Entry):
    """One weekly issue; ``titre`` is the subject line."""

    kind: ClassVar[Kind] = Kind.NEWSLETTER
