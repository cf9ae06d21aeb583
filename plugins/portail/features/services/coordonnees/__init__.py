"""What should not be published of persons: telephones, addresses, private meetings, lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, Judges
from portail.late import late

if TYPE_CHECKING:
    from portail.features.services.coordonnees import contacts, lists
else:
    contacts, lists = late(__name__, "contacts", "lists")


feature = Feature(
    name="coordonnees",
    title="Coordonnées privées",
    needs=("restes",),
    judges=Judges(
        text=contacts.check_private, data=lists.check_addresses, project=lists.judge_project
    ),
)
