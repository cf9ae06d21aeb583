"""The committed outlines: complete, without holes, light, and true to the tables."""

from __future__ import annotations

import gzip
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from checkout import ROOT
from portail.features.services.fondsdecarte.outlines import Border, Line, Outlines, outlines_of
from portail.geo.places import Epci
from portail.geo.territories import Geography
from portail.text.normalise import slugify

DATA = ROOT / "data"
FILES = sorted((DATA / "contours").glob("*.json"))


@cache
def country() -> Geography:
    return Geography.load(DATA, "Hauts-de-France")


@cache
def drawn() -> Outlines:
    return Outlines.load(DATA, country().home)


def epci_of_the_region() -> set[str]:
    home = country().home
    assert home is not None
    return {one.epci or "" for one in country().communes_of(home)}


def sides(ring: Line) -> Counter[frozenset[tuple[float, float]]]:
    """The straight parts of a line, whichever way it goes."""
    return Counter(map(frozenset, pairwise(ring)))


def test_every_territory_of_the_region_is_drawn() -> None:
    assert {*drawn().epci} == epci_of_the_region()
    assert len(drawn().epci) == 92
    assert [*drawn().departements] == ["02", "59", "60", "62", "80"]
    assert drawn().region is not None
    assert drawn().credit == (
        "IGN, ADMIN EXPRESS COG, limites simplifiées",
        "etalab-2.0",
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_outlines_are_light(path: Path) -> None:
    assert len(gzip.compress(path.read_bytes(), mtime=0)) <= 34_000


def test_every_region_has_its_outlines_and_all_are_light_together() -> None:
    with_communes = [one for one in country().regions if one.code < "97" and len(one.code) == 2]
    assert len(with_communes) == 18
    assert sorted(DATA / Outlines.file_of(one) for one in with_communes) == FILES
    assert sum(path.stat().st_size for path in FILES) <= 900_000


SEVERAL = {
    "bretagne": 50, "corse": 5, "guadeloupe": 8, "guyane": 5, "martinique": 5, "mayotte": 5,
    "normandie": 2, "nouvelle-aquitaine": 5, "occitanie": 2, "pays-de-la-loire": 3,
    "provence-alpes-cote-d-azur": 10,
}  # fmt: skip
"""How many islands and parts a region has at least; the others have one."""


SOME = ("bretagne", "corse", "hauts-de-france", "la-reunion")


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(one, id=one.stem, marks=[pytest.mark.long] * (one.stem not in SOME))
        for one in FILES
    ],
)
def test_every_region_holds_its_communes(path: Path) -> None:
    """Each is in its EPCI, its département and its region; what is drawn are these, no other."""
    name = next(one.nom for one in country().regions if slugify(one.nom) == path.stem)
    known = Geography.load(DATA, name)
    home, outlines = known.home, outlines_of(known)
    region = outlines.region
    assert home is not None and region is not None
    communes = known.communes_of(home)
    assert {*outlines.epci} == {one.epci for one in communes if one.epci}
    assert {*outlines.departements} == {one.departement for one in communes}
    for commune in communes:
        assert commune.lat is not None and commune.lon is not None
        point = commune.lat, commune.lon
        assert point in region and point in outlines.departements[commune.departement], commune
        assert commune.epci is None or point in outlines.epci[commune.epci], commune
    assert len(region.polygons) >= SEVERAL.get(path.stem, 1)
    frame = outlines.projection
    assert frame is not None and frame.width == 668 and 400 < frame.height < 920


def test_every_commune_is_inside_its_epci() -> None:
    """Those outside the region too: an EPCI is drawn whole."""
    count = 0
    for siren, outline in drawn().epci.items():
        epci = country().epci(siren)
        assert isinstance(epci, Epci)
        for commune in country().communes_of(epci):
            assert commune.lat is not None and commune.lon is not None
            assert (commune.lat, commune.lon) in outline, commune
            count += 1
    assert count == 3831


def test_every_commune_is_inside_its_departement_and_the_region() -> None:
    home, region = country().home, drawn().region
    assert home is not None and region is not None
    for commune in country().communes_of(home):
        assert commune.lat is not None and commune.lon is not None
        point = commune.lat, commune.lon
        assert point in drawn().departements[commune.departement], commune
        assert point in region, commune


def test_there_is_no_hole() -> None:
    """The region is one piece without a hole. The only hole of an outline is another territory: the
    communes of the Nord that the Pas-de-Calais surrounds."""
    region = drawn().region
    assert region is not None
    assert [len(polygon) for polygon in region.polygons] == [1]
    holed = [one for one in drawn().epci.values() if any(len(rings) > 1 for rings in one.polygons)]
    assert holed == []
    (pas_de_calais,) = drawn().departements["62"].polygons
    (nord,) = (rings for rings in drawn().departements["59"].polygons if len(rings[0]) < 30)
    assert sides(pas_de_calais[1]) == sides(nord[0])


def test_neighbours_share_their_border_exactly() -> None:
    """Each straight part inside the region bounds two EPCI, each part of its edge at most one more
    outside; the edge of the region is what its départements have alone."""
    region = drawn().region
    assert region is not None
    edge = sides(region.polygons[0][0])
    epci = sum((sides(polygon[0]) for one in drawn().epci.values() for polygon in one.polygons),
               Counter())  # fmt: skip
    assert set(epci.values()) == {1, 2}
    lonely = {side for side, count in epci.items() if count == 1}
    outside = {side for one in drawn().borders if one.level == "dehors" for side in sides(one.line)}
    assert lonely <= edge.keys() | outside
    assert edge.keys() <= epci.keys() | {
        side for one in crossed_by_an_epci() for side in sides(one.line)
    }
    departements = sum(
        (sides(ring) for one in drawn().departements.values() for polygon in one.polygons
         for ring in polygon),
        Counter(),
    )  # fmt: skip
    assert {side for side, count in departements.items() if count == 1} == {*edge}


def crossed_by_an_epci() -> list[Border]:
    """Borders of the region inside an EPCI."""
    return [one for one in drawn().borders if one.level == "region" and not one.epci]


def test_neighbours() -> None:
    names = [
        epci.nom
        for siren in drawn().neighbours("200069037")
        if (epci := country().epci(siren)) is not None
    ]
    assert names == [
        "Communauté d'agglomération Cœur de Flandre",
        "Communauté de communes des Hauts de Flandre",
        "Communauté de communes du Haut Pays du Montreuillois",
        "Communauté de communes du Ternois",
        "Communauté d'agglomération de Béthune-Bruay, Artois-Lys Romane",
        "Communauté de communes Pays d'Opale",
        "Communauté de communes de la Région d'Audruicq",
        "Communauté de communes du Pays de Lumbres",
    ]
    assert drawn().neighbours("62") == ("59", "80")
    assert drawn().neighbours("02") == ("59", "60", "80")
    assert all(drawn().neighbours(siren) for siren in drawn().epci)
