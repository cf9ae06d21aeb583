"""The harvest: what organisers already publish comes in by itself, for somebody to accept."""

from __future__ import annotations

from portail.feature import Command, Feature, Judges, Output
from portail.feature import Source as Read
from portail.late import late
from portail.outputs.pages.slots import ABOUT, DESK_SECTIONS

with late(__name__):
    from . import page, record, sources


feature = Feature(
    name="moissonner",
    title="Moissonner ce que publient les autres",
    needs=("bilans", "coordonnees", "importer", "schemas", "tableurs"),
    reads=(
        Read("moisson", sources.load_sources, lambda around: around.folder / "sources.yml"),
        Read(
            "moisson_memoire", record.load_memories, lambda around: around.folder / "moisson.json"
        ),
    ),
    judges=Judges(project=sources.judge),
    outputs=(Output("moissonner", page.plan),),
    slots={ABOUT: page.about_links, DESK_SECTIONS: page.desk_section},
    pages=frozenset({"/provenance/"}),
    tables={"sources.yml": sources.model},
    commands={
        "moissonner": Command(
            "lit les sources de sources.yml, et propose ce qui y a changé", "Reprendre", "--simuler"
        )
    },
)
