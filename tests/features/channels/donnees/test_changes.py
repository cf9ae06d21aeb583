"""What was added, modified and taken back: the same for the same contents and day."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from plans import entry
from portail.features.channels.donnees.changes import since
from portail.features.channels.donnees.documents import plan_exports

SETTINGS = {"siteurl": "https://portail.example.org", "etiquette": "exemple.org,2021"}
REGISTER = """\
retraits:
  - {ref: events/jour, le: 2021-09-26, vers: articles/nuit, motif: doublon}
  - {ref: lieux/musee, le: 2021-09-26}
  - {ref: lieux/vieux, le: 2020-09-27}
"""
FILES = {
    "articles/nuit": entry("articles", titre="La *nuit*", publie_le="2021-09-01"),
    "articles/soir": entry("articles", publie_le="2020-09-27", modifie="2021-09-26"),
    "articles/meme": entry("articles", publie_le="2020-09-28", modifie="2020-09-28"),
    "articles/vieux": entry("articles", publie_le="2020-09-27"),
    "articles/demain": entry("articles", publie_le="2021-09-28"),
    "articles/essai": entry("articles", statut="brouillon"),
    "lieux/sans-jour": entry("lieux"),
    "retraits.yml": REGISTER,
}


def changes(site):
    plan = {one.path.rpartition("/")[2]: one for one in plan_exports(site)}
    return json.loads("".join(plan["changements.json"].produce()))


def lines(document):
    return [(one["le"], one["changement"], one["ref"]) for one in document["donnees"]]


def test_twelve_months_newest_first(tree):
    for preview in (False, True):
        document = changes(tree.site(FILES, preview=preview))
        assert lines(document) == [
            ("2021-09-26", "modification", "articles/soir"),
            ("2021-09-26", "retrait", "events/jour"),
            ("2021-09-26", "retrait", "lieux/musee"),
            ("2021-09-01", "ajout", "articles/nuit"),
            ("2020-09-28", "ajout", "articles/meme"),
        ]
        assert (document["du"], document["au"], document["total"]) == (
            "2020-09-28", "2021-09-27", 5,
        )  # fmt: skip


def test_a_line_says_what_to_do(tree):
    found = {one["ref"]: one for one in changes(tree.site(FILES, **SETTINGS))["donnees"]}
    assert found["events/jour"] == {
        "id": "tag:exemple.org,2021:evenements/jour",
        "ref": "events/jour",
        "url": "https://portail.example.org/evenements/jour/",
        "nature": "evenement",
        "le": "2021-09-26",
        "changement": "retrait",
        "motif": "doublon",
        "vers": "articles/nuit",
    }
    assert found["articles/nuit"]["titre"] == "La *nuit*"


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_period_is_a_year(day):
    first = since(day)
    assert 365 <= (day - first).days + 1 <= 366
    assert first <= day
    assert (first.month, first.day) != (day.month, day.day)
