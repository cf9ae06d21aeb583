"""Days that come back every year, as a rule says them, beside those that were."""

import pytest

from doses import cases, rows_of
from portail.text.yearly import yearly_days


@cases("rule, days", rows_of("portail/text/yearly.yml"))
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
