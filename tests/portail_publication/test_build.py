"""Files that are made: by which process, again or not, of others."""

import os
import time
from functools import partial

import pytest
from essai import Essai, files, plain, published

from portail.outputs.base import TextFile, Tree
from portail_publication.workers import Begun


def test_a_file_of_a_tree_that_stands_is_made_again_for_other_rules_alone(tmp_path):
    def made(key, last, salt="s"):
        tree = Tree("t", (key,), lambda: (("a", b"1"), ("b", last)))
        rendered = published(tmp_path, plain("x"), tree, salt=salt).rendered
        assert files(tmp_path / "o") == {"x": b"x", "t/a": b"1", "t/b": last}
        return rendered

    assert made("k", b"2") == ("t/a", "t/b", "x")
    assert made("l", b"3") == ("t/b",)
    assert made("m", b"3") == ()
    assert made("m", b"3") == ()
    (tmp_path / "o/t/a").write_bytes(b"by hand")
    assert made("n", b"4") == ("t/a", "t/b")
    assert made("n", b"4", "other rules") == ("t/a", "t/b", "x")


@pytest.mark.parametrize(("pages", "prepared"), [(58, []), (59, [{"lieu.html", "index.html"}])])
def test_what_many_pages_share_is_loaded_before_processes_part(tmp_path, pages, prepared):
    """64 files that are not made of others: pages, home page, feed, pictures and two files."""
    essai, found = Essai(tmp_path).fill(pages), []
    essai.fichiers = {"a.txt": b"a", "b.txt": b"b"}
    essai.publish(workers=2, prepare=lambda names: found.append({*names}))
    assert found == prepared


def test_few_files_are_made_while_another_process_makes_a_folder(tmp_path):
    made = tmp_path / "fini"

    def folder():
        until = time.monotonic() + 5
        while not made.exists() and time.monotonic() < until:
            time.sleep(0.01)
        return [("a.txt", f"{made.exists()} {os.getpid()}".encode())]

    def text():
        made.touch()
        yield str(os.getpid())

    tree = Tree("a", ("k",), Begun(folder))
    published(tmp_path, tree, TextFile("b.txt", "/b.txt", ("k",), text), workers=2)
    out = files(tmp_path / "o")
    found, other = out["a/a.txt"].split()
    assert (found, other != out["b.txt"]) == (b"True", True)


@pytest.mark.parametrize("workers", [2, 3])
def test_a_process_that_makes_a_folder_counts_among_those_there_may_be(tmp_path, workers):
    made = tmp_path / "assez"

    def folder():
        while not made.exists():
            time.sleep(0.01)
        return [("a.txt", b"")]

    def text(number):
        if number == 80:
            made.touch()
        yield str(os.getpid())

    names = [f"{number:03}.txt" for number in range(200)]
    texts = [
        TextFile(name, f"/{name}", ("k",), partial(text, number))
        for number, name in enumerate(names)
    ]
    published(tmp_path, Tree("a", ("k",), Begun(folder)), *texts, workers=workers)
    out = files(tmp_path / "o")
    assert ({out[name] for name in names[80:]} == {b"%d" % os.getpid()}) == (workers == 2)


# Derived files


def test_derived_files_are_read_from_both_trees(essai):
    essai.publish()
    (essai.out / "resume.txt").unlink()
    done = essai.publish()
    assert done.rendered == ("resume.txt",)
    assert files(essai.out) == essai.clean()


def test_long_texts_are_not_held_in_memory(tmp_path):
    import tracemalloc

    def lines():
        for number in range(210):
            yield 1_000 * f"{number};une ligne de données ouvertes\n"

    big = TextFile("donnees.csv", "/donnees.csv", ("k",), lines)
    tracemalloc.start()
    published(tmp_path, big)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (tmp_path / "o/donnees.csv").stat().st_size > 7_000_000
    assert peak < 2_000_000
