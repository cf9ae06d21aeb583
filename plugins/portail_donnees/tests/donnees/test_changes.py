"""What was added, modified and taken back: the same for the same contents and day."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from doses import rows_of
from plans import contents
from portail_donnees.donnees.changes import since
from portail_donnees.donnees.documents import plan_exports

SETTINGS = {"siteurl": "https://portail.example.org", "etiquette": "exemple.org,2021"}
PORTAL = rows_of("portail_donnees/tests/donnees/portails.yml")["changements"]
FILES = contents(PORTAL["contenus"]) | {"retraits.yml": PORTAL["retraits"]}


def changes(site):
    plan = {one.path.rpartition("/")[2]: one for one in plan_exports(site)}
    return json.loads("".join(plan["changements.json"].produce()))


def test_twelve_months_newest_first(tree):
    for preview in (False, True):
        document = changes(tree.site(FILES, preview=preview))
        lines = [[one["le"], one["changement"], one["ref"]] for one in document["donnees"]]
        assert lines == PORTAL["lignes"]
        assert (document["du"], document["au"], document["total"]) == (
            "2020-09-28", "2021-09-27", 5,
        )  # fmt: skip


def test_a_line_says_what_to_do(tree):
    found = {one["ref"]: one for one in changes(tree.site(FILES, **SETTINGS))["donnees"]}
    assert found["events/jour"] == PORTAL["retrait"]
    assert found["articles/nuit"]["titre"] == "La *nuit*"


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_period_is_a_year(day):
    first = since(day)
    assert 365 <= (day - first).days + 1 <= 366
    assert first <= day
    assert (first.month, first.day) != (day.month, day.day)
