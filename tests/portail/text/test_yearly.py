"""Days that come back every year, as a rule says them, beside those that were."""

import pytest

from doses import cases
from portail.text.yearly import yearly_days


@cases(
    "rule, days",
    [
        (
            "premier vendredi d’octobre, 11 jours",
            ["2021-10-01..2021-10-11", "2022-10-07..2022-10-17"],
        ),
        ("troisième week-end de septembre", ["2021-09-18..2021-09-19", "2022-09-17..2022-09-18"]),
        ("Dernier vendredi de septembre", ["2021-09-24", "2022-09-30"]),
        ("deuxième lundi de mars, 7 jours", ["2022-03-14..2022-03-20", "2023-03-13..2023-03-19"]),
        ("dernier week-end de janvier et de mai", ["2023-01-28..2023-01-29"]),
        ("11 février", ["2022-02-11", "2023-02-11"]),
        ("1er juin", ["2022-06-01"]),
        ("du 4 au 10 octobre", ["2022-10-04..2022-10-10"]),
        ("du 18 septembre au 8 octobre", ["2022-09-18..2022-10-08"]),
        ("du 28 décembre au 4 janvier", ["2022-12-28..2023-01-04"]),
    ],
)
def test_the_days_of_a_year(rule, days):
    for one in days:
        first, _, last = one.partition("..")
        spans = [(du.isoformat(), au.isoformat()) for du, au in yearly_days(rule, int(one[:4]))]
        assert (first, last or first) in spans


@cases(
    "rule",
    ["fin septembre", "octobre", "29 février", "32 mai", "premier jour de mai", "jours", "",
     "cinquième lundi de mars", "du 4 au 40 octobre", "premier lundi d’octobre, onze jours"],
)  # fmt: skip
def test_what_gives_no_day_is_refused(rule):
    with pytest.raises(ValueError):
        yearly_days(rule, 2027)
