"""The lists and the places of the package, read once: nothing changes them."""

from functools import cache, partial

from portail.geo.territories import Geography
from portail.model.scalars import Reading
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir

lists = cache(partial(Vocabularies.load, data_dir()))
places = cache(partial(Geography.load, data_dir()))


def reading(region=""):
    """What models are read with."""
    return Reading(lists(), places(region))
