"""Events that hold others, editions of yearly rendezvous, where one tells how an event was."""

from portail.feature import Feature
from portail.late import late
from portail.outputs.pages.slots import RETURN

with late(__name__):
    from . import editions


feature = Feature(
    name="editions",
    title="Éditions et événements qui en contiennent",
    slots={RETURN: editions.return_to},
)
