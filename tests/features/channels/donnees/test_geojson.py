import math

import pytest

from doses import cases
from portail.features.channels.donnees.geojson import point_feature


def test_points_are_written_longitude_first_and_to_the_metre():
    feature = point_feature(50.70251234, 2.24331239, {"nom": "La Coupole"}, id="lieux/la-coupole")
    assert feature == {
        "type": "Feature",
        "id": "lieux/la-coupole",
        "geometry": {"type": "Point", "coordinates": [2.24331, 50.70251]},
        "properties": {"nom": "La Coupole"},
    }


@cases(("lat", "lon"), [(91.0, 2.0), (50.0, 181.0), (50.0, None), (None, 2.0), (math.nan, 2.0)])
def test_impossible_positions_are_a_bug(lat, lon):
    with pytest.raises(ValueError, match="not a position"):
        point_feature(lat, lon, {})
