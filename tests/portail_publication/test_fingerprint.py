"""What changes a fingerprint, and what does not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from portail.diagnostics import PlanError
from portail.files import code_digest
from portail.outputs.base import CopiedFile, Derived, Shown, TemplatePage, TextFile, Tree
from portail_publication.manifest import derived_levels, fingerprints


def page(path="a", *key, **values):
    values = {"url": "/a/", "template": "a.html", "view": lambda: 1} | values
    return TemplatePage(path=path, shown=Shown("a", "show", key), **values)


def derived(path, *sources, key=(), url=""):
    return Derived(path, url or f"/{path}", sources, lambda _: b"", key=key)


def marks(*artifacts, salt="s", theme=""):
    return fingerprints({one.path: one for one in artifacts}, salt, lambda _: theme)


def test_everything_that_shows_counts():
    variants = [
        page("a", "k"),
        page("a", "k", "l"),
        page("a", "kl"),
        page("a"),
        page("a", ""),
        page("a", "k", url="/b/"),
        page("a", "k", template="b.html"),
        TextFile("a", "/a/", ("k",), lambda: iter(())),
        CopiedFile("a", "/a/", ("k",), Path("/x")),
        Tree("a", ("k",), tuple),
    ]
    found = [marks(one)["a"] for one in variants] + [marks(page("a", "k"), salt="t")["a"]]
    assert len(set(found)) == len(variants) + 1
    assert all(len(one) == 32 for one in found)


def test_what_does_not_show_does_not_count():
    assert marks(page("a", "k")) == marks(page("a", "k", view=lambda: 2, source="content/a.md"))
    origins = (CopiedFile("a", "/a", ("k",), Path(name)) for name in ("/x", "/y"))
    assert len({marks(one)["a"] for one in origins}) == 1


def test_a_key_may_hold_any_sign():
    assert marks(page("a", "\udcff")) != marks(page("a", "\udcfe"))


KEYS = st.lists(st.text(max_size=3) | st.sampled_from(["1:", ":", "2;", "1:a"]), max_size=4)


@given(KEYS, KEYS)
def test_framing_has_no_double(one, other):
    same = marks(page("a", *one)) == marks(page("a", *other))
    assert same is (one == other)


def test_derived_follow_their_sources():
    def tower(key, *own):
        return marks(page("a", key), page("b", "k"), derived("c", "a", "b", key=own),
                     derived("d", "c"))  # fmt: skip

    assert tower("k") == tower("k")
    for changed in (tower("l"), tower("k", "m")):
        assert changed["b"] == tower("k")["b"]
        assert changed["c"] != tower("k")["c"]
        assert changed["d"] != tower("k")["d"]
    both = (page("a", "k"), page("b", "k"), derived("d", "c"))
    for other in (derived("c", "b", "a"), derived("c", "a", "b", url="/e")):
        assert marks(*both, other)["c"] != tower("k")["c"]
    # A source is told from a key: « b » is here one, there the other.
    assert marks(*both, derived("c", "a", key=(f"b {tower('k')['b']}",)))["c"] != tower("k")["c"]


def test_templates_change_pages_and_what_is_made_of_them():
    made = (page("a"), TextFile("b", "/b", ("k",), lambda: iter(())), derived("c", "a"))
    before, after = marks(*made), marks(*made, theme="t")
    assert {path for path in before if before[path] != after[path]} == {"a", "c"}


def test_levels():
    artifacts = [derived("e", "d", "a"), derived("d", "c"), derived("c", "a"), page("a")]
    levels = derived_levels({one.path: one for one in artifacts})
    assert [[one.path for one in level] for level in levels] == [["c"], ["d"], ["e"]]


@cases(
    ("artifacts", "message"),
    [
        ([derived("a", "a")], "tirés les uns des autres : a"),
        ([page("z"), derived("a", "b"), derived("b", "c"), derived("c", "a"), derived("d", "z")],
         "tirés les uns des autres : a, b, c"),
        ([derived("a", "b")], "a est tiré de b, qui n’est pas un fichier du plan"),
        ([Tree("t", (), tuple), derived("a", "t")],
         "a est tiré de t, qui n’est pas un fichier du plan"),
    ],
)  # fmt: skip
def test_impossible_sources(artifacts, message):
    with pytest.raises(PlanError) as caught:
        marks(*artifacts)
    assert str(caught.value) == message


def test_code_digest(tmp_path):
    def written(root, files):
        for name, text in files.items():
            path = tmp_path / root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return code_digest([tmp_path / root / "x", tmp_path / root / "y"])

    files = {"x/a.py": "1", "x/b/c.html": "2", "y/d": "3"}
    first = written("un", files)
    assert written("ailleurs", dict(reversed(files.items()))) == first
    assert written("un", {"x/__pycache__/a.pyc": "0", "x/b.pyc": "0"}) == first
    changed = [
        written("deux", files | {"x/a.py": "2"}),
        written("trois", files | {"x/e.py": ""}),
        written("quatre", {"x/a.py": "1", "x/b/d.html": "2", "y/d": "3"}),
        written("cinq", {"x/a.py": "1", "x/b/c.html": "2", "x/d": "3", "y/.vide": ""}),
    ]
    assert len({first, *changed}) == 5
