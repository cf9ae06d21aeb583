"""The libraries of others that the theme carries, by the first lines of ``outils/tiers/``."""

from typing import NamedTuple

from checkout import ROOT
from portail.resources import brought


class Library(NamedTuple):
    """The name of its module; its packages, in order, with their versions; its licence (SPDX)."""

    name: str
    packages: dict
    licence: str

    @property
    def module(self):
        return brought("theme") / f"static/js/tiers/{self.name}"

    @property
    def licences(self):
        return ROOT / "composants" / f"tiers-{self.name.rpartition('-')[0]}.txt"


def _library(path):
    head = path.read_text(encoding="utf-8").partition("\n")[0]
    packages, licence, _home = head.removeprefix("/*! ").removesuffix(" */").split(" | ")
    return Library(path.name, dict(one.split() for one in packages.split(", ")), licence)


LIBRARIES = [_library(path) for path in sorted((ROOT / "outils/tiers").glob("*.js"))]
