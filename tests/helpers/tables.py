"""What contents are read with: the lists and the places of the package, read once, as nothing
changes them; a front matter as its reader gives it."""

from functools import cache, partial

from portail.geo.territories import Geography
from portail.model.scalars import Reading
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir
from portail.source.document import Node

lists = cache(partial(Vocabularies.load, data_dir()))
places = cache(partial(Geography.load, data_dir()))


def reading(region=""):
    """What models are read with."""
    return Reading(lists(), places(region))


def node(value):
    """A front matter as the reader of YAML gives it, all on one line."""
    if isinstance(value, dict):
        value = {name: node(one) for name, one in value.items()}
    elif isinstance(value, list):
        value = [node(one) for one in value]
    return Node(value, 1, 1, 0)
