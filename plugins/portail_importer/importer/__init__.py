"""Import of contents that exist elsewhere as files of the portal.

``sources`` reads each format. The modules here compare
what was read with the contents of the portal, and write the files.
"""

from portail.feature import Command, Feature
from portail.late import late
from portail.roles import SEALS

with late(__name__):
    from . import base

feature = Feature(
    name="importer",
    title="Reprendre ce qui existe ailleurs",
    needs=(
        "arrets",
        "coordonnees",
        "nouveau",
        "oublis",
        "schemas",
        "tableurs",
    ),
    roles={SEALS: base.closed_again},
    commands={
        "importer": Command(
            "reprend un tableur, un agenda, un flux, une page, un site construit",
            "Reprendre",
            "programme.ods",
        )
    },
)
