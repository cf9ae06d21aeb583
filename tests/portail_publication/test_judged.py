"""Pages that a change leaves doubtful are judged by all processes, where they would be made."""

import os
from itertools import pairwise
from pathlib import Path

import pytest
from essai import publish

from plans import Tree, entry
from portail.memory import Memory
from portail.model.kinds import Kind
from portail.outputs.base import Derived, Plan, drawn, reader_of, text_file
from portail.site.memo import own_answer
from portail_publication import turns
from portail_publication.build import Means
from portail_publication.traces import Traces

NAMES = {f"lieux/l{number:02}": f"Lieu {number:02}" for number in range(40)}
log = Path()


@own_answer
def _follower(site, ref):
    """What comes after it among all, which any title may change."""
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{os.getpid()}\n")
    titles = sorted(one.entry.titre for one in site.of_kind(Kind.LIEU))
    return dict(pairwise(titles)).get(site.items[ref].entry.titre, "")


@own_answer
def _announced(site, ref):
    """What rests on an answer alone, and is not asked again when that is the same."""
    return f"Ensuite : {_follower(site, ref)}"


def show(site, ref):
    return site.items[ref].entry.titre, _announced(site, ref)


def told(site, ref):
    yield _follower(site, ref)


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setattr(turns, "MANY", 2)
    monkeypatch.setattr(turns, "_JUDGED", 1)
    monkeypatch.setitem(globals(), "log", tmp_path / "log")
    return tmp_path


def run(root, **titles):
    """Publish a page, a text and what is made of it for each place; the outcome."""
    names = NAMES | {f"lieux/{ref}": titre for ref, titre in titles.items()}
    files = {ref: entry("lieux", titre=titre) for ref, titre in names.items()}
    reader = reader_of(Tree(root).site(files))
    traces = Traces(reader, Memory(root / "memoire.sqlite"), workers=2)
    traces.load()
    plan = []
    for ref in names:
        text = text_file(reader, f"/{ref}/suite.txt", told, ref)
        made = f"{ref}/copie.txt"
        plan += drawn(reader, f"/{ref}/", "page.html", show, ref), text
        plan.append(Derived(made, f"/{made}", (text.path,), lambda data: data[0]))
    means = Means(lambda page: repr(page.view()).encode(), workers=2, traces=traces)
    (root / "log").write_text("")
    return publish(Plan(plan), means, "s", output=root / "o", cache=root / "c")


def test_pages_are_judged_by_all_processes(root):
    assert len(run(root).rendered) == 3 * len(NAMES)
    changed = run(root, l07="Lieu 07 bis")
    pages = {"lieux/l06/index.html", "lieux/l07/index.html"}
    texts = {"lieux/l06/suite.txt", "lieux/l06/copie.txt"}
    assert {*changed.rendered} == pages | texts
    assert changed.unchanged == 3 * len(NAMES) - len(pages | texts)
    asked = (root / "log").read_text().split()
    assert len({*asked}) == 2
    assert len(asked) < 3 * len(NAMES), "each asks for its own"


def test_what_was_judged_is_known_to_the_next_build(root):
    run(root)
    run(root, l07="Lieu 07 bis")
    assert run(root, l07="Lieu 07 bis").rendered == ()
    assert (root / "log").read_text() == ""
    clean, shown = root / "neuf", sorted((root / "o").rglob("*.*"))
    clean.mkdir()
    run(clean, l07="Lieu 07 bis")
    for path in shown:
        assert path.read_bytes() == (clean / "o" / path.relative_to(root / "o")).read_bytes()


def test_what_is_long_is_begun_by_another_process_in_an_edit_too(root):
    run(root)
    reader = reader_of(Tree(root).site({"lieux/l1": entry("lieux")}))
    traces = Traces(reader, Memory(root / "memoire.sqlite"), workers=2)
    traces.load()
    assert traces.begin(os.getpid)() != os.getpid()
    assert Traces(reader, Memory(root / "memoire.sqlite")).begin(os.getpid)() == os.getpid()
