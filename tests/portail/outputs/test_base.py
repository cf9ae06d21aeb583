"""The plan: every artifact in order, no two on one path, no file where another needs a folder."""

import random
from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from portail.outputs.base import Plan, TextFile, Tree
from portail.terminal.readable import one_line

PARTS = st.sampled_from(["a", "B", "b", "index.html", "é", "e\u0301", "c.html"])
PATHS = st.lists(PARTS, min_size=1, max_size=3).map("/".join)


def text(path, source=None):
    where = PurePosixPath(source) if source else None
    return TextFile(path, f"/{path}", ("k",), lambda: iter(("x",)), where)


def paths(plan):
    return [str(one.path) for one in plan]


def said(plan):
    return [one_line(one) for one in plan.collisions]


def test_sorted_by_path_whatever_the_order():
    names = ["b/index.html", "a/index.html", "index.html", "a.txt"]
    random.Random(1).shuffle(names)
    plan = Plan(map(text, names))
    assert paths(plan) == ["a.txt", "a/index.html", "b/index.html", "index.html"]
    assert (len(plan), plan.collisions) == (4, ())


@cases("second", ["lieux/x/index.html", "Lieux/X/index.html"])
def test_the_first_of_two_on_one_path_stays(second):
    first = text("lieux/x/index.html", "content/lieux/x.md")
    plan = Plan([first, text(second, "content/articles/y.md")])
    assert plan.artifacts == (first,)
    url = f"/{second}".removesuffix("index.html")
    assert said(plan) == [
        (
            f"content/articles/y.md:1:1 E501 L’adresse {url} est déjà celle de « "
            "content/lieux/x.md ». → Renommez ce fichier, ou n’en gardez qu’un des deux."
        )
    ]


def test_a_collision_with_a_page_of_the_site_is_told_at_the_content():
    for pair in (("agenda/index.html", None), ("agenda/index.html", "content/a.md")):
        other = None if pair[1] else "content/a.md"
        plan = Plan([text(*pair), text("agenda/index.html", other)])
        assert said(plan) == [
            (
                "content/a.md:1:1 E501 L’adresse /agenda/ est déjà celle de « agenda/index.html "
                "». → Renommez ce fichier, ou n’en gardez qu’un des deux."
            )
        ]


def test_unicode_forms_are_one_path():
    assert len(Plan([text("é.html"), text("e\u0301.html")]).collisions) == 1


def test_a_file_gives_way_to_a_folder():
    plan = Plan([text("a.html", "content/a.md"), text("A.html/b/c.html", "content/b.md")])
    assert paths(plan) == ["A.html/b/c.html"]
    assert said(plan) == [
        (
            "content/b.md:1:1 E501 L’adresse /A.html/b/c.html est déjà celle de « content/a.md "
            "». → Renommez ce fichier, ou n’en gardez qu’un des deux."
        )
    ]


def test_a_tree_may_share_its_folder():
    tree = Tree("medias", ("k",), tuple)
    artifacts = [tree, text("medias/a.txt")]
    assert not Plan(artifacts).collisions
    assert tree.path == "medias"


@given(st.lists(PATHS, max_size=8))
def test_what_is_kept_can_be_written(tmp_path_factory, names):
    plan = Plan(map(text, names))
    root = tmp_path_factory.mktemp("plan")
    for one in plan:
        path = root / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    assert len(plan) + len(plan.collisions) == len(names)
    assert Plan(map(text, paths(plan))).collisions == ()
