"""By what contents are narrowed: values, columns that a script decodes, days."""

import json
from datetime import date, timedelta
from itertools import accumulate

from doses import rows_of
from plans import contents, entry
from portail_recherche import records
from portail_recherche.records import documents_of, segments

HOME = {"region": "Hauts-de-France"}
FILES = contents(rows_of("portail_recherche/tests/columns.yml"))


def read(site):
    index, values, _ = json.loads(json.dumps([*documents_of(site)]))
    return index | values | {"colonnes": index["colonnes"] | values["colonnes"]}


def numbers(text):
    """What a text of digits holds, read as the page of the format says."""
    found, value, power = [], 0, 1
    for sign in text:
        rank = ord(sign) - 35 - (ord(sign) > 92)
        value += power * (rank % 45)
        power *= 45
        if rank < 45:
            found.append(value)
            value, power = 0, 1
    return found


def told(site):
    """What the columns say of each content, by reference."""
    data = read(site)
    assert [row[0] for row in data["segments"]] == [one.number for one in segments(site)]
    refs = [ref for one in segments(site) for ref in one.refs]
    values = {key: [code for code, _ in some] for key, _, some in data["facettes"]}
    columns = {name: numbers(text) for name, text in data["colonnes"].items()}
    assert {len(column) for column in columns.values()} == {len(refs)}
    columns["jour"] = [*accumulate((step + 1) // -2 if step % 2 else step // 2
                                   for step in columns["jour"])]  # fmt: skip
    sorts = columns.pop("sorte")
    order = sorted(range(len(refs)), key=lambda number: sorts[number])
    before, lists = date.fromisoformat(data["origine"]), data["listes"]
    found = {}
    for rank, number in enumerate(order):
        row = {name: column[rank] for name, column in columns.items()}
        wide, near = lists["territoire"][row["territoire"]]
        first = before + timedelta(row["jour"]) if row["jour"] else None
        found[refs[number]] = {
            "sorte": data["sortes"][sorts[number]],
            "theme": [values["theme"][one] for one in lists["theme"][row["theme"]]],
            "public": [values["public"][one] for one in lists["public"][row["public"]]],
            "departement": [values["departement"][one] for one in wide],
            "epci": [values["epci"][one] for one in near],
            "jour": first,
            "fin": first + timedelta(row["fin"] - 1) if first and row["fin"] else None,
        }
    return found


def test_values_are_those_that_some_content_has(tree):
    data = read(tree.site(FILES, **HOME))
    values = {key: dict(some) for key, _, some in data["facettes"]}
    assert list(values) == ["sorte", "theme", "departement", "epci", "public"]
    assert list(values["sorte"].items())[:2] == [
        ("articles", "Articles"), ("evenements", "Événements"),
    ]  # fmt: skip
    assert list(values["theme"]) == ["vivant-sante", "numerique"]
    assert list(values["departement"]) == ["nord", "pas-de-calais", "somme"]
    assert values["public"] == {"familles": "Familles"}


def test_a_content_is_where_its_commune_is_or_where_it_says(tree):
    found = told(tree.site(FILES, **HOME))
    assert found["events/atelier"]["departement"] == ["pas-de-calais"]
    assert found["events/atelier"]["epci"] == ["ca-pays-de-saint-omer"]
    assert found["events/atelier"]["theme"] == ["vivant-sante", "numerique"]
    assert found["articles/nord"]["departement"] == ["nord", "pas-de-calais"]
    assert found["articles/nord"]["epci"] == []
    assert found["pages/a-propos"]["sorte"] == "pages"


def test_days(tree):
    found = told(tree.site(FILES, **HOME))
    days = {
        "events/atelier": ("2021-10-09", "2021-10-09"),
        "events/passe": ("2021-09-03", "2021-09-05"),
        "events/revient": ("2021-10-12", "2021-10-26"),
        "events/annule": ("2021-10-08", "2021-10-08"),
        "annonces/stage": ("2021-09-20", "2021-12-15"),
        "articles/nord": ("2021-09-20", "None"),
        "lieux/musee": ("None", "None"),
    }
    assert {ref: (str(found[ref]["jour"]), str(found[ref]["fin"])) for ref in days} == days


def test_what_did_not_change_is_narrowed_once_a_day(tree, monkeypatch):
    narrow = records._row
    refs = []

    def noted(item, *others):
        refs.append(item.ref)
        return narrow(item, *others)

    monkeypatch.setattr(records, "_row", noted)
    first = read(tree.site(FILES, **HOME))
    every = {*refs}
    refs.clear()
    assert read(tree.site(FILES, **HOME)) == first
    assert refs == []
    read(tree.site({**FILES, "events/passe": entry("events", debut="2021-11-03")}, **HOME))
    assert "events/passe" in refs
    refs.clear()
    later = read(tree.site(FILES, **HOME, day=date(2021, 10, 9)))
    assert {*refs} == every
    assert later["fois"] != first["fois"]
