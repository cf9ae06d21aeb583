"""``/api/v1/`` read from outside: every file parses and says what pages say."""

import json
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from checkout import ROOT
from doses import dose
from open_data import records, written
from plans import entry
from portail.features.services.fiches.records import record_of
from portail.files import digest_bytes
from portail.model.aliases import ALIASES
from portail.model.kinds import Kind
from portail.model.vocabulary import Vocabularies
from portail.outputs.base import TextFile
from portail.resources import data_dir
from portail.site.urls import API
from portail.source.document import FORBIDDEN
from portail_donnees.donnees.catalogue import KINDS, api_of
from portail_donnees.donnees.columns import columns_of
from portail_donnees.donnees.output import plan_open_data

ROOTS = (ROOT, ROOT / "tests/sites/vitrine")

ADDRESS = "https://portail.example.org"


class Published(NamedTuple):
    """A site and its files, parsed, by address."""

    site: object
    files: dict


@pytest.fixture(scope="session")
def published(whole_site):
    return Published(whole_site, parsed(whole_site))


def planned(site):
    return {one.url: one for one in plan_open_data(site) if isinstance(one, TextFile)}


def parsed(site):
    made = {url: text for url, text in written(site).items() if url.endswith(".json")}
    return {url: json.loads(text) for url, text in made.items()}


def is_document(url):
    """Whether a file of ``/api/v1/`` has contents."""
    return url.startswith(API)


def is_part(url):
    """Whether a file holds a period of a kind."""
    return "/" in url.removeprefix(API)


def test_every_file_is_listed_and_every_listed_file_is_there(published):
    index = published.files[f"{API}index.json"]
    listed = {one["adresse"].removeprefix(ADDRESS): one for one in index["fichiers"]}
    documents = {url for url in published.files if is_document(url)} - {f"{API}index.json"}
    documents = {url for url in documents if not is_part(url)}
    assert documents <= listed.keys()
    for url in documents:
        document, row = published.files[url], listed[url]
        assert document.get("total", row["total"]) == row["total"]
        assert (row["format"], row["type"]) == ("JSON", "application/json")


def test_what_is_published_is_told_once_in_a_stable_order(published):
    site = published.site
    told = []
    for kind in Kind:
        document = published.files.get(api_of(kind))
        refs = [one["ref"] for one in records_of(published, kind)]
        assert refs == sorted(refs)
        assert document is None or document["total"] == len(refs) > 0
        told += refs
    shown = [ref for ref, item in site.items.items() if item.entry.kind is not Kind.NEWSLETTER]
    assert sorted(told) == sorted(shown)
    text = "".join(planned(site)[api_of(Kind.LIEU)].produce())
    assert len(text.splitlines()) == json.loads(text)["total"] + 2, "one record a line"


def test_addresses_are_whole_and_identifiers_unique(published):
    records = [one for kind in Kind for one in records_of(published, kind)]
    ids = [one["id"] for one in records]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("tag:exemple.org,2021:") for one in ids)
    for one in records:
        image = one["calcule"].get("image", {"url": ADDRESS})
        for url in (
            one["url"],
            image["url"],
            *(each["url"] for each in one["calcule"].get("cites", ())),
        ):
            assert url.startswith(ADDRESS), one["ref"]


def records_of(published, kind):
    url = api_of(kind)
    if url in published.files:
        yield from records(lambda name: json.dumps(published.files[name]), url.removeprefix(API))


def test_a_record_says_the_words_of_its_file(published):
    """Files are read here by another reader than ours: every key is there, texts are the same."""
    for kind in Kind:
        for record in records_of(published, kind):
            item = published.site.items[record["ref"]]
            if item.entry.sans_fichier:
                assert (record["auteurs"], record["licence"]) == ([], "etalab-2.0"), record["ref"]
                continue
            files = ((root / item.entry.source) for root in ROOTS)
            texts = (file.read_bytes() for file in files if file.exists())
            text = next(one for one in texts if digest_bytes(one) == item.digest)
            header = text.decode().split("---\n")[1]
            fields = yaml.load(header, Loader=yaml.BaseLoader)
            fields = {ALIASES.get(key, key): value for key, value in fields.items()}
            assert fields.keys() <= record.keys() | {"statut"}, record["ref"]
            for key in {"titre", "resume", "publie_le", "debut"} & fields.keys():
                assert record[key] == " ".join(fields[key].split()), record["ref"]


def test_without_siteurl_addresses_are_paths_of_the_site(tree):
    files = parsed(tree.site({"articles/un": entry("articles"), "lieux/musee": entry("lieux")}))
    lieux = files[api_of(Kind.LIEU)]
    assert lieux["donnees"][0]["url"] == "/lieux/musee/"
    assert files[f"{API}index.json"]["fichiers"][0]["adresse"] == "/api/v1/articles.csv"


HOSTILE = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("=+-@\"'\\/]><&{},\u200d\u200f\u05d0\ufe0f\U0001f469"),
    ),
    min_size=1,
    max_size=60,
).filter(lambda text: text.strip() and not FORBIDDEN.search(text) and "<" not in text)


@given(titre=HOSTILE, mot=HOSTILE, body=HOSTILE)
@example(
    titre="=1+1]]>", mot="אבג \U0001f469\u200d\U0001f52c", body="</script><!-- --> &#8232; ]]>"
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=dose(3, 15))
def test_any_text_is_parsed_back(tree, titre, mot, body):
    fence = "````````````"
    text = f"{fence}\n{body}\n{fence}" if "`" not in body else "Rien."
    result = tree.run({"articles/un": entry("articles", text, titre=titre, mots_cles=[mot])})
    if result.site is None or "articles/un" not in result.site.items:
        return  # refused with a message: other tests say which
    site = result.site
    item = site.items["articles/un"]
    (file,) = (text.decode() for url, text in written(site).items() if is_part(url))
    (record,) = json.loads(file.encode())["donnees"]
    assert record == record_of(site, item.ref)
    assert (record["titre"], record["mots_cles"]) == (item.entry.titre, list(item.entry.mots_cles))
    assert record["texte"] == site.bodies.body(item.digest).text
    assert len(file.splitlines()) == 3


def paths(value, *before):
    """The path of each key of a record that holds no group."""
    for key, inside in value.items():
        if isinstance(inside, dict):
            yield from paths(inside, *before, key)
        else:
            yield (*before, key)


def test_every_key_of_every_record_is_a_column_with_its_sentence(published):
    aside = {("nature",), ("texte",), ("pour_qui",)}
    for kind in Kind:
        columns = columns_of(published.site, kind) if kind.info.opendata else ()
        assert all(column.description for column in columns), kind
        known = {column.keys for column in columns}
        for record in records_of(published, kind):
            for path in {*paths(record)} - aside:
                assert any(path[: len(keys)] == keys for keys in known), (record["ref"], path)


def test_v1_promises_what_it_has(whole_site):
    """A key or a code that goes breaks whoever reads the files; one that comes is written here."""
    tables = {api_of(kind): columns_of(whole_site, kind) for kind in KINDS}
    now = [f"{url} {column.nom}" for url, columns in tables.items() for column in columns]
    lists = Vocabularies.load(data_dir())
    now += [f"{name} {code}" for name in lists for code in lists[name]]
    promise = (Path(__file__).parent / "api-v1.txt").read_text("utf-8").splitlines()
    assert (sorted({*promise} - {*now}), sorted({*now} - {*promise})) == ([], [])
