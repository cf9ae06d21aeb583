"""What a page read tells whether it stands: no page too old, few drawn for nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plans import Tree, entry
from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage
from portail.outputs.drawn import drawn, reader_of
from portail.site.memo import answer, per_site
from portail.site.site import Site
from portail_publication.traces import Traces

FILES = {
    "lieux/phare": entry("lieux", "Un phare.", titre="Phare"),
    "lieux/serre": entry("lieux", "Une serre.", titre="Serre"),
    "articles/lumiere": entry("articles", "La [serre](lieux/serre).", titre="Lumière"),
}
DIGEST = "octets"
calls: list[str] = []


def title(site: Site, ref: str) -> str:
    return site.items[ref].entry.titre


def text(site: Site, ref: str) -> str:
    return site.items[ref].digest


def leads(site: Site, ref: str) -> tuple[str, ...]:
    return tuple(site.items[ref].links.values())


def titles(site: Site) -> tuple[str, ...]:
    return tuple(one.entry.titre for one in site.of_kind(Kind.LIEU))


def today(site: Site) -> str:
    return site.day.date.isoformat()


@per_site
def _every(site: Site) -> tuple[str, ...]:
    return tuple(one.entry.titre for one in site.items.values())


@answer
def _count(site: Site, kind: str) -> int:
    calls.append(kind)
    return len(site.of_kind(Kind(kind)))


def every(site: Site) -> tuple[str, ...]:
    return _every(site)


def count(site: Site) -> int:
    return _count(site, "lieux")


def page(site: Site, show: object, *arguments: str) -> TemplatePage:
    return drawn(site, "/essai/", "page.html", show, *arguments)  # type: ignore[arg-type]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lectures.json"


def kept(site: Site, file: Path, show: object, *arguments: str) -> None:
    """Draw a page of ``site`` and keep what it read."""
    one, traces = page(site, show, *arguments), Traces(reader_of(site), file)
    _, found = traces.drawn(one)
    traces.take(str(one.path), found)
    traces.save({str(one.path): DIGEST})


def stands(site: Site, file: Path, show: object, *arguments: str) -> bool:
    traces = Traces(reader_of(site), file)
    traces.load()
    return traces.fresh(page(site, show, *arguments), DIGEST)


TITLE = {"lieux/phare": entry("lieux", "Un phare.", titre="Grand phare")}
BODY = {"lieux/phare": entry("lieux", "Un phare rouge.", titre="Phare")}
LINK = {"articles/lumiere": entry("articles", "Le [phare](lieux/phare).", titre="Lumière")}
ADDED = {"lieux/tour": entry("lieux", titre="Tour")}


@pytest.mark.parametrize(
    ("show", "arguments", "stale"),
    [
        (title, ("lieux/phare",), {"TITLE"}),
        (title, ("lieux/serre",), set()),
        (text, ("lieux/phare",), {"TITLE", "BODY"}),
        (leads, ("articles/lumiere",), {"LINK"}),
        (titles, (), {"TITLE", "ADDED"}),
        (every, (), {"TITLE", "ADDED"}),
        (count, (), {"ADDED"}),
        (today, (), set()),
    ],
)
def test_a_page_stands_as_long_as_what_it_shows(
    tree: Tree, file: Path, show: object, arguments: tuple[str, ...], stale: set[str]
) -> None:
    kept(tree.site(FILES), file, show, *arguments)
    assert stands(tree.site(FILES), file, show, *arguments)
    for name, edit in {"TITLE": TITLE, "BODY": BODY, "LINK": LINK, "ADDED": ADDED}.items():
        assert stands(tree.site(FILES | edit), file, show, *arguments) is (name not in stale), name
        for added in edit.keys() - FILES.keys():
            (tree.root / "content" / f"{added}.md").unlink()


def test_a_new_day_matters_to_who_looks_at_it(tree: Tree, file: Path) -> None:
    site, later = tree.site(FILES), tree.site(FILES, day=date(2021, 9, 28))
    kept(site, file, today)
    assert not stands(later, file, today)
    kept(site, file, titles)
    assert stands(later, file, titles)


def test_an_answer_is_asked_again_only_when_what_it_read_changed(tree: Tree, file: Path) -> None:
    kept(tree.site(FILES), file, count)
    calls.clear()
    assert stands(tree.site(FILES | BODY), file, count)
    assert not calls
    assert stands(tree.site(FILES | TITLE), file, count)
    assert calls == ["lieux"]


def test_a_trace_is_believed_of_the_bytes_that_were_drawn(tree: Tree, file: Path) -> None:
    site = tree.site(FILES)
    kept(site, file, titles)
    traces = Traces(reader_of(site), file)
    traces.load()
    assert not traces.fresh(page(site, titles), "autres octets")


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"format": 1}', '{"format": 0}', "null"])
def test_a_spoilt_file_vouches_for_nothing(tree: Tree, file: Path, damage: str) -> None:
    kept(tree.site(FILES), file, titles)
    file.write_text(damage, encoding="utf-8")
    assert not stands(tree.site(FILES), file, titles)
