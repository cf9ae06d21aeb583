"""Whatever is missing or faulty, a preview plans the rest, and the rest leads somewhere."""

import re
import shutil
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkout import ROOT
from doses import dose
from plans import Tree, pages_of

VITRINE = ROOT / "tests/sites/vitrine/content"
FILES = sorted(path.relative_to(VITRINE) for path in VITRINE.rglob("*.*"))
LINK = re.compile(r'(?:href|src)="(/[^"#]*)')


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    tree = Tree(tmp_path_factory.mktemp("apercus"))
    shutil.copytree(VITRINE, tree.root / "content")
    return tree


def addresses(view):
    """Site paths that a view leads to; files of the theme are no part of a plan."""
    found = re.findall(r"(?:url|cible|empreinte|calendrier|ics)='(/[^'#?]+)", repr(view))
    yield from (url for url in found if not url.startswith("/theme/"))
    yield from LINK.findall(str(getattr(view, "corps", "")))


def check(tree):
    """A preview of the present files: every view can be built and leads to planned files."""
    result = tree.run(preview=True)
    shown = {item.entry.source for item in result.site.items.values()}
    assert shown.isdisjoint(result.report.faulty_paths)
    published = {f"/{one.path}".removesuffix("index.html") for one in result.plan}
    for page in pages_of(result.plan).values():
        for url in addresses(page.view()):
            assert url in published, (page.url, url)
    return result.report


def test_the_vitrine_itself(tree):
    check(tree)


@contextmanager
def replaced(tree, files):
    """Other bytes in some files, or these files taken away, for a while."""
    saved = {path: (tree.root / "content" / path).read_bytes() for path in files}
    try:
        for path, data in files.items():
            (tree.root / "content" / path).unlink()
            if data is not None:
                (tree.root / "content" / path).write_bytes(data)
        yield
    finally:
        for path, data in saved.items():
            (tree.root / "content" / path).write_bytes(data)


@pytest.mark.long
@settings(max_examples=dose(3, 12))
@given(missing=st.sets(st.sampled_from(FILES), max_size=12))
def test_without_some_files(tree, missing):
    with replaced(tree, dict.fromkeys(missing)):
        check(tree)


@settings(max_examples=dose(2, 12))
@given(
    broken=st.dictionaries(
        st.sampled_from(FILES), st.sampled_from([b"", b"\xff", b"---\n", b"---\nx: 1\n---\n"]),
        min_size=1, max_size=8,
    )
)  # fmt: skip
def test_with_some_files_broken(tree, broken):
    with replaced(tree, broken):
        report = check(tree)
    told = {str(path).removeprefix("content/") for path in report.faulty_paths}
    assert told == {str(path) for path in broken}, "a fault is told at its source, alone"
