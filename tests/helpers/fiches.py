"""A small directory in which things found are composed, and what the model says of the result."""

from datetime import date
from functools import cache
from pathlib import PurePosixPath

from portail.features.intake.importer.sources.places import Landmark, Portal
from portail.geo.territories import Geography
from portail.model.scalars import Reading
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir
from portail.source.document import Node
from portail.source.validation import validate

DAY = date(2021, 9, 27)
LIEUX = (
    Landmark("la-coupole", "La Coupole, Centre d’essai", "wizernes", "rue clabaux"),
    Landmark("ecomusee", "Écomusée imaginaire", "doullens"),
    Landmark("musee", "Musée de l’Exemple", "lille"),
)


@cache
def known():
    """A small directory in Hauts-de-France."""
    geography = Geography.load(data_dir(), "Hauts-de-France")
    reading = Reading(Vocabularies.load(data_dir()), geography)
    return Portal(DAY, reading, geography, LIEUX, frozenset(f"lieux/{one.slug}" for one in LIEUX))


def node(value):
    if isinstance(value, dict):
        value = {name: node(one) for name, one in value.items()}
    elif isinstance(value, list):
        value = [node(one) for one in value]
    return Node(value, 1, 1, 0)


def codes(record):
    """What ``portail check`` says of its front matter."""
    reading, path = known().reading, PurePosixPath("content/x.md")
    _, found = validate(node(dict(record.values)), record.kind, "x", path, reading)
    return {one.code for one in found}
