from __future__ import annotations

import json
import math

import pytest

from portail.geo.drawing import dumps, feature_collection, point_feature


def test_points_are_written_longitude_first_and_to_the_metre() -> None:
    feature = point_feature(50.70251234, 2.24331239, {"nom": "La Coupole"}, id="lieux/la-coupole")
    assert dumps(feature) == (
        '{"type":"Feature","id":"lieux/la-coupole",'
        '"geometry":{"type":"Point","coordinates":[2.24331,50.70251]},'
        '"properties":{"nom":"La Coupole"}}'
    )


def test_a_collection_says_its_box_and_keeps_what_has_no_place() -> None:
    collection = feature_collection(
        [
            point_feature(50.5, 2.0, {"nom": "A"}),
            point_feature(None, None, {"nom": "É"}),
            point_feature(49.5, 3.0, {"nom": "B"}),
        ]
    )
    assert json.loads(dumps(collection)) == {
        "type": "FeatureCollection",
        "bbox": [2.0, 49.5, 3.0, 50.5],
        "features": [
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": [2.0, 50.5]},
             "properties": {"nom": "A"}},
            {"type": "Feature", "geometry": None, "properties": {"nom": "É"}},
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": [3.0, 49.5]},
             "properties": {"nom": "B"}},
        ],
    }  # fmt: skip
    assert "É" in dumps(collection)


def test_an_empty_collection_has_no_box() -> None:
    assert dumps(feature_collection([])) == '{"type":"FeatureCollection","features":[]}'


@pytest.mark.parametrize(
    ("lat", "lon"), [(91.0, 2.0), (50.0, 181.0), (50.0, None), (None, 2.0), (math.nan, 2.0)]
)
def test_impossible_positions_are_a_bug(lat: float | None, lon: float | None) -> None:
    with pytest.raises(ValueError, match="not a position"):
        point_feature(lat, lon, {})


def test_what_json_cannot_say_is_a_bug() -> None:
    with pytest.raises(ValueError, match="JSON"):
        dumps(point_feature(50, 2, {"valeur": math.inf}))
