"""Kinds that grow, cut by period: nothing is lost, nothing large is written again."""

import hashlib
import json
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doses import dose
from open_data import made, records, written
from plans import Tree, entry
from portail.features.services.redirections.output import plan_redirects
from portail.model.kinds import Kind
from portail.site.memo import published
from portail.site.urls import API, REDIRECTS
from portail_donnees.donnees.catalogue import CUT, DATA, catalogue
from portail_donnees.donnees.documents import plan_exports
from portail_donnees.donnees.periods import MOST, parts

FOLDER = f"{API}evenements/"
URL = "https://exemple.org/base"


def events(days):
    return {f"events/{slug}": entry("events", debut=day) for slug, day in days.items()}


def periods(site, kind=Kind.EVENT):
    return {part.periode: [*map(slug_of, part.refs)] for part in parts(site, kind.value)}


def slug_of(ref):
    return ref.partition("/")[2]


@pytest.fixture
def few(monkeypatch):
    """Parts of two events."""
    monkeypatch.setattr("portail_donnees.donnees.periods.MOST", 2)


def test_a_year_that_holds_few_contents_is_a_part(tree):
    site = tree.site(
        events({"b": "2021-10-09", "a": "2021-12-01", "hier": "2020-01-01"})
        | {"articles/nuit": entry("articles", publie_le="2019-05-04", modifie="2021-05-04")}
    )
    assert periods(site) == {"2020": ["hier"], "2021": ["a", "b"]}
    assert periods(site, Kind.ARTICLE) == {"2019": ["nuit"]}, "publication does not change"


@pytest.mark.usefixtures("few")
def test_a_period_that_holds_many_is_cut(tree):
    days = {
        "janvier": "2021-01-09", "mars": "2021-03-04", "avril": "2021-03-12", "mai": "2021-03-13",
        "un": "2021-10-09", "deux": "2021-10-09", "trois": "2021-10-09", "quatre": "2021-10-02",
        "juin": "2021-06-30",
    }  # fmt: skip
    assert periods(tree.site(events(days))) == {
        "2021-01": ["janvier"],
        "2021-03-0": ["mars"],
        "2021-03-1": ["avril", "mai"],
        "2021-06": ["juin"],
        "2021-10-02": ["quatre"],
        "2021-10-09": ["deux", "trois", "un"],
    }


@given(st.lists(st.integers(0, 800), min_size=1, max_size=12), st.integers(1, 4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=dose(5, 20))
def test_every_content_is_in_one_part(tmp_path_factory, days, most):
    first = date(2020, 12, 20)
    files = {f"e{rank}": f"{first + timedelta(days=day)}" for rank, day in enumerate(days)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("portail_donnees.donnees.periods.MOST", most)
        site = Tree(tmp_path_factory.mktemp("parts")).site(events(files))
        found = parts(site, Kind.EVENT.value)
    held = [ref for part in found for ref in part.refs]
    assert sorted(held) == [item.ref for item in published(site, Kind.EVENT)]
    names = [part.periode for part in found]
    assert names == sorted(set(names))
    for part in found:
        days_of = {files[slug_of(ref)] for ref in part.refs}
        assert all(day.startswith(part.periode) for day in days_of)
        assert len(part.refs) <= most or len(days_of) == 1


def test_the_list_gives_the_size_and_the_digest_of_each_file(whole_site):
    files = written(whole_site)
    lists = [one for one in catalogue(whole_site) if one.cut]
    assert {one.kind for one in lists} == {*CUT}
    for file in lists:
        index = json.loads(files[file.url])
        assert index["total"] == file.total == sum(one["total"] for one in index["parties"])
        found = []
        for part in index["parties"]:
            assert part["total"] <= MOST
            for one in part["fichiers"]:
                data = files.pop(f"{API}{one['nom']}")
                assert (len(data), hashlib.sha256(data).hexdigest()) == (
                    one["octets"], one["sha256"],
                )  # fmt: skip
                found += [record["ref"] for record in json.loads(data)["donnees"]]
        assert sorted(found) == [item.ref for item in published(whole_site, file.kind)]
    assert not [url for url in files if url.startswith(FOLDER)]


def test_a_table_that_would_be_long_is_cut_by_year(tree, monkeypatch):
    """The address of the whole is then that of the year under way, by the first day."""
    monkeypatch.setattr("portail_donnees.donnees.periods.MOST_ROWS", 3)
    days = {"hier": "2020-12-31", "un": "2021-01-01", "deux": "2021-10-09", "demain": "2022-01-01"}
    files = events(days) | {"articles/nuit": entry("articles")}
    site = tree.site(files, siteurl=URL)
    texts = made(plan_exports(site))
    found = {
        one.nom: (one.total, [day for day in days if f"/{day}/" in texts[one.url].decode()])
        for one in catalogue(site)
        if one.format == "csv" and one.kind
    }
    assert found == {
        "evenements.csv": (2, ["un", "deux"]),
        "evenements/2022.csv": (1, ["demain"]),
        "evenements/2020.csv": (1, ["hier"]),
        "articles.csv": (1, []),
    }
    jeu = next(one for one in tree.view(DATA, files).jeux if one.ancre == "Evenements")
    assert jeu.nombre == "4 événements"
    assert [one.precision for one in jeu.fichiers if one.format == "CSV"] == [
        "événements de l’année en cours",
        *(f"événements de {year}" for year in (2022, 2020)),
    ]


def test_the_former_address_of_a_list_leads_to_it(tree):
    files = events({"un": "2021-10-09"}) | {"lieux/musee": entry("lieux")}
    (lines,) = (
        one for one in plan_redirects(tree.site(files, siteurl=URL)) if str(one.path) == REDIRECTS
    )
    there = "/base/api/v1/evenements.json"
    assert f"/base/api/v1/evenements/index.json {there} 301\n" in "".join(lines.produce())
    data = tree.pages(files, siteurl=URL)[DATA].view()
    assert data.exemple == f"{URL}/api/v1/lieux.json"
    (jeu, *_) = data.jeux
    assert jeu.ancre == "Evenements"
    assert [(one.format, one.precision) for one in jeu.fichiers] == [
        ("CSV", ""), ("JSON", "par période"), ("GeoJSON", "carte des événements à venir"),
    ]  # fmt: skip


def test_a_text_that_has_its_file_is_told_by_its_address(tree):
    files = {"articles/nuit": entry("articles", "Un texte."), "events/un": entry("events")}
    made = written(tree.site(files, siteurl=URL))
    (article,) = records(made.__getitem__, "articles.json")
    assert "texte" not in article
    assert article["calcule"]["texte"] == f"{URL}/articles/nuit/texte.md"
    (event,) = records(made.__getitem__, "evenements.json")
    assert "texte" in event and "texte" not in event["calcule"]
