"""What should not be published of persons: telephones, addresses, private meetings, lists."""

from portail.feature import Feature, Judges
from portail.late import late

with late(__name__):
    from . import contacts, lists


feature = Feature(
    name="coordonnees",
    title="Coordonnées privées",
    needs=("oublis",),
    judges=Judges(
        text=contacts.check_private, data=lists.check_addresses, project=lists.judge_project
    ),
)
