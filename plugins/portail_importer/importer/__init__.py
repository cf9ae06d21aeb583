"""Import of contents that exist elsewhere as files of the portal.

``sources`` reads each format. The modules here compare
what was read with the contents of the portal, and write the files.
"""

from portail.feature import Command, Feature

feature = Feature(
    name="importer",
    title="Reprendre ce qui existe ailleurs",
    needs=(
        "arrets",
        "coordonnees",
        "corriger",
        "nouveau",
        "restes",
        "schemas",
        "tableurs",
    ),
    commands={
        "importer": Command(
            "reprend un tableur, un agenda, un flux, une page, un site construit",
            "Reprendre",
            "programme.ods",
        )
    },
)
