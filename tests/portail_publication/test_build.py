"""What the pages say once made: dangerous content (E506) and dead links (E505)."""

import os
import time
from functools import partial
from pathlib import PurePosixPath

import pytest
from essai import Essai, Fiche, files, plain, published

from portail.diagnostics import Position
from portail.memory import FILE
from portail.outputs.base import TextFile, Tree
from portail_publication.output_check import OutputPolicy
from portail_publication.workers import Begun


def told(essai, **options):
    """Code, file and message of each diagnostic of a publication."""
    done = essai.publish(**options)
    return [(one.code, str(one.position.path), one.message) for one in done.diagnostics]


def dead(slug, target):
    message = f"La page /lieux/{slug}/ contient un lien vers {target}, qui n’existe pas."
    return "E505", f"content/lieux/{slug}.md", message


# Dangerous content


@pytest.mark.parametrize("mode", [{}, {"in_place": True}, {"workers": 2}])
def test_dangerous_content_is_not_published(essai, mode):
    essai.fill(70)
    essai.publish(**mode)
    before = files(essai.out)
    essai.fiches["p3"].texte = "<img src=/ onerror=alert(1)>"
    for _ in range(2):
        done = essai.publish(**mode)
        (one,) = done.diagnostics
        assert one.code == "E506"
        assert one.position == Position(PurePosixPath("content/lieux/p3.md"))
        assert one.message == "Le fichier /lieux/p3/ contient un attribut « onerror »."
        assert one.hint == "Il n’est pas publié. Retirez ce passage du texte d’origine."
        assert not done.published
        assert files(essai.out) == before
    essai.fiches["p3"].texte = "rien"
    assert essai.publish(**mode).published


def test_every_danger_of_a_run_is_told(essai):
    essai.fiches["p1"].texte = "<iframe src=/></iframe><a href=javascript:x>"
    essai.fiches["p2"].texte = "<form action=//x>"
    essai.images["plan.svg"] = b"<svg onload='x'/>"
    essai.fichiers["tract.html"] = b"<script>x</script>"
    assert told(essai) == [
        ("E506", "content/lieux/p1.md",
         "Le fichier /lieux/p1/ contient une adresse en « javascript: »."),
        ("E506", "content/lieux/p1.md", "Le fichier /lieux/p1/ contient une balise <iframe>."),
        ("E506", "content/lieux/p2.md",
         "Le fichier /lieux/p2/ contient un formulaire envoyé à « //x »."),
        ("E506", "images/plan.svg", "Le fichier /images/plan.svg contient un attribut « onload »."),
        ("E506", "tract.html", "Le fichier /tract.html contient une balise <script>."),
    ]  # fmt: skip
    assert not essai.out.exists()


def test_a_preview_leaves_dangerous_files_out_and_says_so_each_time(essai):
    essai.publish()
    essai.fiches["p3"].texte = "<script>x</script>"
    essai.images["plan.svg"] = b"<svg onload='x'/>"
    tolerate = frozenset({"E506", "E505"})
    for _ in range(3):
        found = told(essai, tolerate=tolerate)
        assert [message for code, _, message in found if code == "E506"] == [
            "Le fichier /lieux/p3/ contient une balise <script>.",
            "Le fichier /images/plan.svg contient un attribut « onload ».",
        ]
        assert not (essai.out / "lieux/p3").exists()
        assert not (essai.out / "images/plan.svg").exists()
        assert (essai.out / "images/a.png").exists()
    essai.fiches["p3"].texte = ""
    del essai.images["plan.svg"]
    assert told(essai, tolerate=tolerate) == []
    assert files(essai.out) == essai.clean()


def test_another_policy_makes_every_page_pass_again(essai):
    essai.fiches["p3"].texte = '<p style="--part: 3">'
    assert told(essai)
    assert not told(essai, policy=OutputPolicy(style=r"--part: \d+"))
    assert told(essai)


def test_without_a_scan_only_what_comes_as_it_is_is_read(essai):
    essai.fiches["p3"].texte = "<script>x</script>"
    essai.images["plan.svg"] = b"<svg onload='x'/>"
    policy = OutputPolicy(scan=False)
    (found,) = told(essai, policy=policy)
    assert found[1] == "images/plan.svg"
    del essai.images["plan.svg"]
    assert told(essai, policy=policy) == []
    ((code, path, _),) = told(essai)
    assert (code, path) == ("E506", "content/lieux/p3.md")


def test_what_was_made_without_a_scan_is_looked_at_once_and_not_made_again(essai):
    """What a check looks for changes no file."""
    policy = OutputPolicy(scan=False)
    essai.fiches["p3"].texte = "<script>x</script>"
    essai.publish(policy=policy)
    for _ in range(2):
        outcome = essai.publish()
        assert (outcome.rendered, outcome.published) == ((), False)
        (fault,) = outcome.diagnostics
        assert (fault.code, str(fault.position.path)) == ("E506", "content/lieux/p3.md")
    essai.fiches["p3"].texte = ""
    assert essai.publish().rendered == ("lieux/p3/index.html",)
    for scanned in (OutputPolicy(), policy, OutputPolicy()):
        assert essai.publish(policy=scanned).rendered == ()


# Dead links


def test_a_dead_link_is_told_until_it_is_mended(essai):
    essai.publish()
    before = files(essai.out)
    essai.fiches["p3"].liens = ("/lieux/p99/", "/lieux/p1/#milieu", "/lieux/p1/?x=1#fin", "#fin")
    expected = [
        dead("p3", "/lieux/p1/#milieu"),
        dead("p3", "/lieux/p99/"),
    ]
    for _ in range(2):
        assert told(essai) == expected
        assert files(essai.out) == before
    essai.fiches["p99"] = Fiche("Page 99")
    assert told(essai) == expected[:1]
    essai.fiches["p1"].texte = '<h2 id="milieu">M</h2>'
    assert told(essai) == []
    assert files(essai.out) == essai.clean()


@pytest.mark.parametrize("forget", [False, True])
def test_a_removed_file_is_missed_by_pages_that_did_not_change(essai, forget):
    essai.fiches["p1"].texte = '<link rel="stylesheet" href="/theme/css/base.css">'
    essai.publish()
    if forget:
        (essai.root / "cache" / FILE).write_bytes(b"illisible")
    del essai.fiches["p5"], essai.fichiers["theme/css/base.css"]
    for _ in range(2):
        assert told(essai) == [
            dead("p1", "/theme/css/base.css"),
            dead("p4", "/lieux/p5/#fin"),
        ]
        assert "lieux/p4/index.html" not in essai.calls
    essai.fiches["p1"].texte, essai.fiches["p4"].liens = "", ()
    assert told(essai) == []
    assert files(essai.out) == essai.clean()


@pytest.mark.parametrize("forget", [False, True])
def test_a_removed_anchor_is_missed_by_pages_that_did_not_change(essai, forget):
    essai.fiches["p5"].texte = '<h2 id="l’été">É</h2>'
    essai.fiches["p8"].liens = ("/lieux/p5/#l%E2%80%99%C3%A9t%C3%A9",)
    essai.publish()
    if forget:
        (essai.root / "cache" / FILE).unlink()
    essai.fiches["p5"].texte = '<h2 id="l’hiver">H</h2>'
    expected = [dead("p8", "/lieux/p5/#l%E2%80%99%C3%A9t%C3%A9")]
    for _ in range(2):
        assert told(essai) == expected
        assert "lieux/p8/index.html" not in essai.calls


def test_a_preview_says_dead_links_each_time(essai):
    essai.publish()
    del essai.fiches["p5"]
    for _ in range(3):
        assert told(essai, tolerate=frozenset({"E505"})) == [dead("p4", "/lieux/p5/#fin")]
        assert not (essai.out / "lieux/p5").exists()


def test_a_dead_link_of_the_menu_is_told_for_some_pages(essai):
    for one in essai.fiches.values():
        one.liens = ("/absent/",)
    assert len(told(essai)) == 3


def test_links_may_be_left_alone(essai):
    essai.fiches["p1"].liens = ("/absent/",)
    assert told(essai, links=False) == []
    del essai.fiches["p5"]
    assert told(essai, links=False) == []
    assert {row[2].partition(" lien vers ")[2] for row in told(essai)} == {
        "/absent/, qui n’existe pas.",
        "/lieux/p5/#fin, qui n’existe pas.",
    }


def test_pages_of_a_tree_are_read_too(tmp_path):
    pages = ("a.html", b'<a href="b.html#x">b</a><a href="c.html">c</a>'), ("b.html", b'<p id="x">')
    tree = Tree("atlas", ("k",), lambda: pages, source=PurePosixPath("content/atlas.md"))
    assert [(one.code, one.message) for one in published(tmp_path, tree).diagnostics] == [
        ("E505", "La page /atlas/a.html contient un lien vers c.html, qui n’existe pas.")
    ]


def test_addresses_of_texts_that_did_not_change_are_missed_too(tmp_path):
    site = "https://exemple.org"
    naming, named = plain("a.csv", f"titre;{site}/b.md;x"), plain("b.md")
    policy = OutputPolicy(site_url=site)
    assert published(tmp_path, naming, named, policy=policy).published
    done = published(tmp_path, naming, policy=policy)
    assert [(one.code, one.message) for one in done.diagnostics] == [
        ("E505", f"La page /a.csv contient un lien vers {site}/b.md, qui n’existe pas.")
    ]
    assert files(tmp_path / "o").keys() >= {"a.csv", "b.md"}


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


def test_a_dead_link_of_a_tree_is_told_as_long_as_it_is_there(tmp_path):
    page = b'<a href="c.html">c</a>'
    for rank in range(3):
        rows = ("a.html", page), ("b.html", b"%d" % rank)
        tree = Tree("t", (f"{rank}",), lambda rows=rows: rows)
        done = published(tmp_path, plain("x"), tree, tolerate=frozenset({"E505"}))
        assert [one.code for one in done.diagnostics] == ["E505"]


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
