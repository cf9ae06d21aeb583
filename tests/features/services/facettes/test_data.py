"""The data of filters: rows that say what pages say, keys known without making them."""

import json
from datetime import date, timedelta

from doses import rows_of
from plans import contents, entry
from portail.agenda import cuts
from portail.features.services.agenda.filter import plan_filter
from portail.features.services.facettes import lists
from portail.features.services.facettes.lists import plan_facettes

AGENDA, LIEUX, COMMUNES = "/agenda/facettes.json", "/lieux/facettes.json", "/communes.json"
HOME = {"region": "Hauts-de-France"}
FILES = contents(rows_of("features/services/facettes/data.yml"))


def planned(tree, files=None, **options):
    site = tree.site(files, **(HOME | options))
    return {file.url: file for file in (*plan_facettes(site), *plan_filter(site))}


def read(file):
    return json.loads("".join(file.produce()))


class TestAgenda:
    def test_a_row_says_what_its_line_says(self, tree):
        data = read(planned(tree, FILES)[AGENDA])
        found = {row[0]: row for row in data["lignes"]}
        row = found["/evenements/atelier/"]
        texts = data["textes"]
        assert row[1] == ["Le retour d’", "Astacus astacus", ""]
        assert [texts[rank] for rank in row[2:5]] == [
            "vivant-sante", "Atelier", "Musée, Amiens · Gratuit",
        ]  # fmt: skip
        values = [(cle, code) for cle, some in data["facettes"] for code, _ in some]
        assert {("theme", "vivant-sante"), ("gratuit", "oui"), ("departement", "somme")} <= {
            values[rank] for rank in row[5]
        }
        assert data["communes"][row[6]][:2] == ["Amiens", "80"]
        ((moment, labels, more, first, *steps),) = row[7]
        assert data["moments"][moment] == [
            "T14:00:00+02:00", "14\u00a0h", "– 16\u00a0h",
        ]  # fmt: skip
        assert (data["etiquettes"][labels], more, steps) == ([], 0, [])
        assert date.fromisoformat(data["jour"]) + timedelta(first) == date(2021, 10, 9)
        # Times said alike are written once, what lasts is apart, what is over is not there.
        ((*_, first, second, third),) = found["/evenements/revient/"][7]
        assert (first, second, third) == (8, 7, 14)
        *_, slots, ((du, au, dates, *_),) = found["/evenements/expo/"]
        assert (slots, du, au) == ([], -26, 65)
        assert texts[dates] == "1er\u00a0sept. – 1er\u00a0déc."
        assert "/evenements/hier/" not in found
        # School holidays are those of the zone.
        assert data["vacances"][0] == ["vacances de la Toussaint", "2021-10-23", "2021-11-07"]
        assert read(planned(tree, region="")[AGENDA])["vacances"] == []

    def test_addresses_have_the_prefix_of_the_site(self, tree):
        data = read(planned(tree, FILES, siteurl="https://exemple.org/portail")[AGENDA])
        assert data["lignes"][0][0] == "/portail/evenements/atelier/"


def test_what_is_on_later_has_files_of_its_own(tree, monkeypatch):
    """What runs from one into the next is in both; an edit leaves the others as they are."""
    monkeypatch.setattr(cuts, "ENOUGH", 2)
    monkeypatch.setattr(cuts, "MANY", 3)
    some = {
        "a": {"debut": "2021-09-28"}, "b": {"debut": "2021-09-30", "fin": "2021-10-02"},
        "c": {"debut": "2021-10-20", "themes": ["numerique"]},
        "d": {"debut": "2021-10-25", "fin": "2021-12-20"},
        "e": {"debut": "2021-12-02"}, "f": {"debut": "2021-12-12"}, "g": {"debut": "2021-12-30"},
        "h": {"debut": "2021-12-31"}, "i": {"debut": "2022-01-31"},
    }  # fmt: skip

    def files(**more):
        made = {
            f"events/{name}": entry("events", **fields) for name, fields in (some | more).items()
        }
        return {
            url: read(file)
            for url, file in planned(tree, made).items()
            if url.startswith("/agenda/")
        }

    found = files()
    assert {
        url: (data["jour"], [row[0][-2] for row in data["lignes"]]) for url, data in found.items()
    } == {
        AGENDA: ("2021-09-27", ["a", "b"]),
        "/agenda/facettes/2021-10-01.json": ("2021-10-01", ["b", "c", "d"]),
        "/agenda/facettes/2021-12-01.json": ("2021-12-01", ["d", "e", "f"]),
        "/agenda/facettes/2021-12-26.json": ("2021-12-26", ["g", "h"]),
        "/agenda/facettes/2022-01-01.json": ("2022-01-01", ["i"]),
    }
    assert found[AGENDA]["suite"] == [url[17:27] for url in found if url != AGENDA]
    other = files(e={"debut": "2021-12-03", "tarif": {"gratuit": True}})
    assert [url for url in found if found[url] != other[url]] == [
        AGENDA, "/agenda/facettes/2021-12-01.json",
    ]  # fmt: skip


def test_a_place_is_told_in_few_words(tree):
    data = read(planned(tree, FILES)[LIEUX])
    (row,) = data["lignes"]
    title, slug, commune, *ranks = row
    assert (data["prefixe"], title, slug) == ("/lieux/", "Musée", 0)
    assert data["communes"][commune][:2] == ["Amiens", "80"]
    values = [(cle, code) for cle, some in data["facettes"] for code, _ in some]
    assert [values[rank] for rank in ranks] == [("type", "musee")]
    assert data["sortes"] == ["Musée"]
    assert data["avenir"] == [[0, 1, "2021-10-09"]]


def test_communes_are_those_of_the_region(tree):
    site = tree.site(FILES, **HOME)
    home = site.geography.home
    data = read(planned(tree)[COMMUNES])
    lat = lon = rank = 0
    found = {}
    for codes, names, *departement in data["lignes"]:
        for name in names.split("|"):
            lat, lon = lat + data["pas"][0][rank], lon + data["pas"][1][rank]
            rank += 1
            found[name, (departement or [codes[:2]])[0], codes] = lat / 100, lon / 100
    known = site.geography.communes_of(home)
    assert len(found) == len(known) > 3_000
    for one in known:
        place = found[one.nom, one.departement, " ".join(one.codes_postaux)]
        assert max(abs(place[0] - one.lat), abs(place[1] - one.lon)) <= 0.0051
    names = [name for _, names, *_ in data["lignes"] for name in names.split("|")]
    towns = [names[rank] for rank in data["villes"]]
    assert towns == [one.nom for one in site.geography.towns]
    assert {*towns[:2]} == {"Amiens", "Lille"}


def test_without_events_or_without_a_region(tree):
    assert planned(tree, {"lieux/musee": entry("lieux", commune="Amiens")}).keys() == {COMMUNES}
    assert set(planned(tree, {"events/a": entry("events")}, region="")) == {AGENDA}


def test_lines_of_a_long_list_are_in_parts_from_the_last_on(tree, monkeypatch):
    themes = (["numerique"], ["vivant-sante"])
    files = {
        f"articles/a{n}": entry("articles", publie_le=f"2021-08-{28 - n}", themes=themes[n % 2])
        for n in range(13)
    }
    url = "/articles/facettes.json"
    whole = read(planned(tree, files)[url])
    monkeypatch.setattr(lists, "PART", 6)
    found = planned(tree, files)
    data = read(found[url])
    size, names = data["parts"]
    assert data["lignes"] == [row[5:] for row in whole["lignes"]]
    parts = [read(found[f"/articles/facettes/{name}.deflate"]) for name in names]
    assert [len(part["lignes"]) for part in parts] == [6, 6, 1] and size == 6

    def shown(data):
        return [[*row[:2], *map(data["textes"].__getitem__, row[2:5])] for row in data["lignes"]]

    assert [row for part in reversed(parts) for row in shown(part)] == shown(whole)
    more = {**files, "articles/neuf": entry("articles", publie_le="2021-09-20")}
    _, others = read(planned(tree, more)[url])["parts"]
    assert others[:2] == names[:2], "a new content changes one part"
