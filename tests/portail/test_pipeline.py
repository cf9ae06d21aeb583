"""The whole run: what is read again, what a run gives, in which order."""

import gc
import os

import pytest

from pictures import picture
from plans import TODAY, entry, result_of, said, write
from portail.cli.contents import MemoryStore
from portail.config import SiteConfig
from portail.day import Day
from portail.diagnostics import DataError
from portail.features import FEATURES
from portail.outputs.kernel import OUTPUTS
from portail.pipeline import one_process

FILES = {
    "articles/a": entry("articles", "![Une photo](photo.jpg)"),
    "articles/photo.jpg": picture(),
    "events/b": entry("events"),
    "lieux/c": entry("lieux"),
}


class Spy:
    """A mapper that remembers what it was given, and works from the last to the first."""

    def __init__(self):
        self.seen = []

    def __call__(self, function, items):
        self.seen += [str(item.path) for item in items]
        return [(item, function(item)) for item in reversed(items)]

    def taken(self):
        """What it was given since the last time, sorted."""
        seen, self.seen = sorted(self.seen), []
        return seen


def go(
    root,
    store,
    mapper=one_process,
    content="content",
    data=None,
    **settings,
):
    config = SiteConfig(**{"region": "Hauts-de-France", **settings})
    return result_of(root / content, config, Day(TODAY), store, data, mapper=mapper)


def test_only_what_changed_is_read_again(tmp_path):
    write(tmp_path, FILES)
    store, spy = MemoryStore(), Spy()
    first = go(tmp_path, store, spy)
    assert spy.taken() == [
        "content/articles/a.md", "content/articles/photo.jpg", "content/events/b.md",
        "content/lieux/c.md",
    ]  # fmt: skip
    assert first.read == 4 and first.plan is not None
    go(tmp_path, store, spy)
    assert spy.taken() == []
    write(tmp_path, {"lieux/c": entry("lieux", titre="Un autre titre")})
    again = go(tmp_path, store, spy)
    assert spy.taken() == ["content/lieux/c.md"]
    assert again.site.items["lieux/c"].entry.titre == "Un autre titre"


def test_a_touched_file_keeps_its_record(tmp_path):
    content, store = write(tmp_path, FILES), MemoryStore()
    first = go(tmp_path, store)
    os.utime(content / "events/b.md", ns=(1, 1))
    second = go(tmp_path, store)
    assert second.site.items["events/b"].entry is first.site.items["events/b"].entry


def test_what_is_deleted_is_forgotten(tmp_path):
    content, store = write(tmp_path, FILES), MemoryStore()
    go(tmp_path, store)
    (content / "events/b.md").unlink()
    result = go(tmp_path, store)
    assert "events/b" not in result.site.items
    spy = Spy()
    write(tmp_path, {"events/b": FILES["events/b"]})
    go(tmp_path, store, spy)
    assert spy.taken() == ["content/events/b.md"]


def test_the_plan_does_not_depend_on_what_was_known(tmp_path):
    write(tmp_path, FILES)
    store = MemoryStore()
    results = [go(tmp_path, store, Spy()), go(tmp_path, store), go(tmp_path, MemoryStore())]
    plans = [
        [(str(one.path), one.key) for one in result.plan or () if hasattr(one, "key")]
        for result in results
    ]
    assert plans[0] == plans[1] == plans[2] and plans[0]


def test_every_output_gives_its_artifacts_in_the_plan(tmp_path):
    write(tmp_path, {**FILES, "territoires/d": entry("territoires")})
    result = go(tmp_path, MemoryStore(), siteurl="https://exemple.org")
    planned = {str(one.path) for one in result.plan}
    features = (feature for feature in FEATURES if feature.is_used(result.site.config))
    outputs = [*OUTPUTS, *(output for feature in features for output in feature.outputs)]
    for output in outputs:
        read = (result.plan,) if getattr(output, "is_survey", False) else ()
        given = [str(one.path) for one in output.plan(result.site, *read)]
        assert set(given) <= planned, output.name
        # No letter was sent nor is prepared there, guides show no picture, nothing is printed
        # painted nor counted, no place says its hours, no subject has two contents, nothing
        # is told in easy French.
        nothing = (
            "courriels lettres guides chiffres catalogue classes boite editions "
            "suites sujets falc "
            "brouillons moissonner facades horaires"
        )
        assert given or output.name in nothing.split(), output.name
        assert given == [str(one.path) for one in output.plan(result.site, *read)], output.name
    assert len({output.name for output in outputs}) == len(outputs)


def test_a_day_of_publication_that_is_missing_is_that_of_the_run(tmp_path):
    text = "---\ntitre: Un\nresume: Un essai.\ngenre: vulgarisation\n---\n\nUn texte.\n"
    write(tmp_path, {"articles/a": text})
    (fault,) = [item for item in go(tmp_path, MemoryStore()).report if item.code == "E201"]
    assert fault.paste == f"publie_le: {TODAY:%Y-%m-%d}"
    assert fault.hint == f"Ajoutez une ligne, par exemple : {fault.paste}"


def shown_by(tree, files, **settings):
    """Paths of what a site makes beside its drawings and what is needed to write."""
    result = tree.run(files, **settings)
    assert not said(result.report)
    paths = {str(one.path) for one in result.plan}
    assert {"contribuer/index.html", "contribuer/evenement/schema.json"} <= paths
    return {path for path in paths if "contribuer" not in path and "empreintes" not in path}


def test_whoever_opens_a_portal_has_nothing_yet_but_the_means_to_write(tree):
    (tree.root / "content").mkdir()
    empty = shown_by(tree, {})
    # Whom nothing reaches: 98 pages, their grounds, the table.
    season = {path for path in empty if path.startswith(("territoires/", "fonds/terr", "api/"))}
    assert len(season) == 98 + 97 + 6 + 1
    assert empty - season == {
        "index.html", "404.html", "plan-du-site/index.html", "manifest.webmanifest", "robots.txt",
        "fonds/departements.svg", "fonds/region.svg", "carte/fond.json",
        "_redirects", "communes.json",
    }  # fmt: skip
    # An article brings what tells of it, and no page of what is not there yet.
    more = shown_by(tree, {"articles/a": entry("articles")}, siteurl="https://exemple.org") - empty
    assert {path.partition("/")[0] for path in more} == {
        "api", "articles", "donnees", "recherche", "flux", "flux.css", "flux.json", "flux.xml",
        "atom.xml", "sitemap.xml", "sitemap-articles.xml", "sitemap-pages.xml",
        "sitemap-territoires.xml",
    }  # fmt: skip


def test_a_content_folder_of_another_name(tmp_path):
    write(tmp_path, {"lieux/c": entry("lieux", type="zzz")})
    (tmp_path / "content").rename(tmp_path / "textes")
    result = go(tmp_path, MemoryStore(), content="textes")
    assert [str(one.position.path) for one in result.report] == ["textes/lieux/c.md"]


def test_broken_tables_are_ours(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/themes.yml").write_text("valeurs: 3")
    write(tmp_path, FILES)
    with pytest.raises(DataError):
        go(tmp_path, MemoryStore(), data=tmp_path / "data")
    assert gc.isenabled()


def test_garbage_collection_stays_as_it_was(tmp_path):
    write(tmp_path, FILES)
    go(tmp_path, MemoryStore())
    assert gc.isenabled()
    gc.disable()
    try:
        go(tmp_path, MemoryStore())
        assert not gc.isenabled()
    finally:
        gc.enable()
