"""From a plan to a folder: what is made again, what comes back, what is refused."""

import errno
import os
import random
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from essai import Fiche, files, plain, published

from doses import dose
from portail.diagnostics import PlanError
from portail.machine import reason_of
from portail.outputs.base import Derived, Tree
from portail.terminal.text import error_sentence
from portail_publication import trees
from portail_publication.publish import Manner, Publication

SIDE = ".output.suivant"


def inode(path):
    return path.stat().st_ino


def test_a_first_publication_makes_all_and_the_next_nothing(essai):
    done = essai.publish()
    assert done.published
    assert (done.diagnostics, done.note) == ((), "")
    assert len(done.rendered) == 12 + 4 + 2 + 2
    assert files(essai.out) == essai.clean()
    assert (essai.out / "images/petit/b.png").read_bytes() == b"B"
    assert (essai.out / "resume.txt").read_bytes().startswith(b"RESUME ")
    root = inode(essai.out)
    again = essai.publish()
    assert (again.rendered, again.removed, again.published) == ((), (), False)
    assert (again.unchanged, essai.calls) == (20, [])
    assert inode(essai.out) == root


def test_one_edit_makes_only_what_shows_it(essai):
    essai.publish()
    essai.fiches["p3"].texte = "autre"
    done = essai.publish()
    assert done.published
    assert done.rendered == ("lieux/p3/index.html",)
    assert done.unchanged == 19
    essai.fiches["p3"].titre = "Autre titre"
    done = essai.publish()
    assert set(done.rendered) == {
        "lieux/p3/index.html", "index.html", "flux.xml", "poids.txt", "resume.txt",
    }  # fmt: skip
    assert files(essai.out) == essai.clean()


def test_who_publishes_alone_looks_at_no_tree(essai, monkeypatch):
    for text in ("un", "deux"):
        essai.fiches["p3"].texte = text
        essai.publish()
    monkeypatch.setattr(trees, "scan", None)
    for text in ("trois", "quatre"):
        essai.fiches["p3"].texte = text
        assert essai.publish(alone=True).rendered == ("lieux/p3/index.html",)
    assert files(essai.out) == essai.clean()


def test_made_again_with_the_same_bytes_is_no_publication(essai):
    essai.publish()
    root = inode(essai.out)
    essai.salt = "autre sel"
    done = essai.publish()
    assert len(done.rendered) == 20
    assert not done.published
    assert inode(essai.out) == root
    assert essai.publish().rendered == ()


def test_a_file_becomes_a_folder_and_back(essai):
    essai.fichiers = {"notes": b"un fichier"}
    essai.publish()
    for content in ({"notes/a.txt": b"a", "notes/b.txt": b"b"}, {"notes": b"un fichier"}) * 2:
        essai.fichiers = content
        essai.publish()
        assert files(essai.out) == essai.clean()


@pytest.mark.parametrize(
    "mode", [{}, {"in_place": True}, {"alone": True}, {"in_place": True, "alone": True}]
)
def test_incremental_is_clean(essai, mode):
    """Random steps of edits, moves and deletions, on some hundreds of artifacts."""
    chance = random.Random(2021)
    essai.fill(dose(80, 280))
    for step in range(dose(8, 12)):
        for _ in range(chance.randrange(6)):
            change(essai, chance, step)
        done = essai.publish(**mode)
        assert not done.diagnostics
        if step % 4 == 3:
            assert files(essai.out) == essai.clean(), step


def change(essai, chance, step):
    """One random change of a contributor, links kept alive."""
    slug = chance.choice(sorted(essai.fiches))
    match chance.randrange(6):
        case 0:
            essai.fiches[slug].texte = f"texte {step} {chance.random()}"
        case 1:
            essai.fiches[slug].titre = f"Titre {chance.random()}"
        case 2:
            essai.fiches[f"{slug}x"] = Fiche(f"Né de {slug}", liens=(f"/lieux/{slug}/",))
        case 3:
            del essai.fiches[slug]
            for one in essai.fiches.values():
                one.liens = tuple(link for link in one.liens if f"/{slug}/" not in link)
        case 4:
            essai.images[f"{slug}/{step}.png"] = chance.randbytes(20)
        case 5:
            essai.fichiers[f"theme/{chance.randrange(9)}.css"] = chance.randbytes(20)


@pytest.mark.parametrize("verify", [False, True])
@pytest.mark.parametrize("mode", [{}, {"in_place": True}])
def test_what_was_lost_or_altered_comes_back(essai, mode, verify):
    essai.publish(**mode)
    before = files(essai.out)
    (essai.out / "lieux/p1/index.html").unlink()
    (essai.out / "images/a.png").unlink()
    (essai.out / "robots.txt").write_bytes(b"User-agent: x\n")
    (essai.out / "lieux/p2/index.html").unlink()
    (essai.out / "lieux/p2/index.html").symlink_to("/etc/hostname")
    (essai.out / "intrus/vide").mkdir(parents=True)
    (essai.out / "intrus.html").write_text("intrus")
    done = essai.publish(verify=verify, **mode)
    assert done.published
    assert set(done.rendered) >= {"lieux/p1/index.html", "lieux/p2/index.html", "robots.txt"}
    assert files(essai.out) == before


def test_only_verification_sees_an_alteration_of_equal_size_and_time(essai):
    essai.publish()
    page = essai.out / "lieux/p1/index.html"
    status, before = page.stat(), page.read_bytes()
    page.write_bytes(before.replace(b"texte", b"TEXTE"))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert essai.publish().rendered == ()
    done = essai.publish(verify=True)
    assert done.rendered == ("lieux/p1/index.html",)
    assert page.read_bytes() == before


def test_an_alteration_does_not_come_back_through_the_other_tree(essai):
    """The trees share inodes: what is written into one by hand is in the other too."""
    essai.publish()
    for number in range(4):
        essai.fiches["p1"].texte = str(number)
        essai.publish()
        with (essai.out / "robots.txt").open("ab") as stream:
            stream.write(b"altere")
    essai.publish()
    assert files(essai.out) == essai.clean()


@pytest.mark.parametrize("verify", [False, True])
@pytest.mark.parametrize("mode", [{}, {"in_place": True}])
def test_what_others_lay_in_the_site_goes_is_named_and_kept(essai, mode, verify):
    """Whatever else changed, or nothing: what is published is what a build from nothing gives."""
    essai.fill(3).publish(**mode)
    laid = "a.txt", "lien", "lieux/b/c.html"
    for edited in (False, True):
        if edited:
            essai.fill(2, "autre")
        (essai.out / "a.txt").write_text("à moi", encoding="utf-8")
        (essai.out / "lieux/b").mkdir()
        (essai.out / "lieux/b/c.html").touch()
        (essai.out / "lien").symlink_to("index.html")
        (essai.out / ".git").mkdir()
        (essai.out / ".git/HEAD").write_text("ref: refs/heads/pages")
        outcome = essai.publish(verify=verify, **mode)
        assert outcome.strangers == laid == (*sorted(trees.scan(outcome.aside).files),)
        assert (outcome.aside / "a.txt").read_text() == "à moi"
        assert outcome.published
        assert bool(outcome.rendered) == edited
        assert (essai.out / ".git/HEAD").read_text() == "ref: refs/heads/pages"
        shutil.rmtree(essai.out / ".git")  # no part of the site
        assert files(essai.out) == essai.clean()
    again = essai.publish(verify=verify, **mode)
    assert not (again.published or again.strangers or again.rendered)
    (essai.out / "a.txt").touch()
    assert essai.publish(clean=True, **mode).strangers == ("a.txt",)
    assert len([*essai.root.glob(".output.retire/*")]) == 3, "each time in another folder"


@pytest.mark.parametrize("manner", [{}, {"in_place": True}, {"clean": True}, {"replaces": True}])
def test_what_is_laid_while_pages_are_made_is_named_and_kept(essai, manner):
    essai.fill(2).publish(**manner)
    essai.fill(31, "autre")
    laid = {"preuve.txt": "à moi", "lieux/p30/index.html": "à moi aussi"}  # this one is coming

    def render(page):
        for name, text in laid.items():
            (essai.out / name).parent.mkdir(exist_ok=True)
            (essai.out / name).write_text(text, encoding="utf-8")
        return essai.render(page)

    outcome = essai.publish(render=render, **manner)
    assert outcome.strangers == tuple(sorted(laid)) and files(essai.out) == essai.clean()
    essai.fill(31, "encore").publish(**manner)
    assert {name: (outcome.aside / name).read_text("utf-8") for name in laid} == laid
    assert len([*essai.root.glob(".output.retire/*")]) == 1


def test_what_is_laid_in_the_tree_that_went_out_is_kept_too(essai):
    """By a program whose current folder was the site before the swap."""
    essai.fill(2).publish()
    essai.fill(2, "autre").publish()
    (essai.root / SIDE / "arbre/preuve.txt").write_text("à moi", encoding="utf-8")
    outcome = essai.fill(2, "encore").publish()
    assert outcome.strangers == ("preuve.txt",) and files(essai.out) == essai.clean()
    assert (outcome.aside / "preuve.txt").read_text("utf-8") == "à moi"


@pytest.mark.parametrize("mode", [{}, {"in_place": True}])
def test_without_a_manifest_all_is_made_and_what_is_not_is_kept(essai, mode):
    """A first build over a former site: nobody knows whose each file is, but by its bytes."""
    essai.publish()
    (essai.out / "a.txt").touch()
    theirs = "<!-- /theme/css/portail.css?v= --> de la main de quelqu’un"
    (essai.out / "index.html").write_text(theirs, encoding="utf-8")
    shutil.rmtree(essai.root / SIDE)
    outcome = essai.publish(**mode)
    assert outcome.published and outcome.strangers == ("a.txt", "index.html")
    assert (outcome.aside / "index.html").read_text("utf-8") == theirs
    assert len(outcome.rendered) == 20
    assert files(essai.out) == essai.clean()
    shutil.rmtree(essai.out)
    assert essai.publish().published
    assert files(essai.out) == essai.clean()


def given_back(essai):
    """The site and what is beside it, as an archive gives them back on another machine: other
    inodes, times in whole seconds."""
    for name in ("output", SIDE):
        before = essai.root / f"{name}-avant"
        (essai.root / name).rename(before)
        shutil.copytree(before, essai.root / name)
        for path in (essai.root / name).rglob("*"):
            os.utime(path, (1, 1))
        shutil.rmtree(before)


@pytest.mark.parametrize("mode", [{}, {"in_place": True}, {"verify": True}])
def test_pages_are_given_back_by_an_archive(essai, mode):
    essai.publish(**mode)
    essai.fiches["p3"].texte = "autre"
    essai.publish(**mode)  # the tree of before is beside this one
    given_back(essai)
    essai.calls.clear()
    done = essai.publish(**mode)
    assert (done.rendered, done.unchanged, essai.calls) == ((), 20, [])
    assert essai.publish(**mode).rendered == ()
    essai.fiches["p3"].texte = "encore"
    assert essai.publish(**mode).rendered == ("lieux/p3/index.html",)
    assert files(essai.out) == essai.clean()


def test_clean_makes_everything_and_leaves_nothing_beside_the_site(essai):
    for text in ("à oublier", "un", "deux"):
        essai.fiches["p1"].texte = text
        essai.publish()
        if text == "un":
            assert any("à oublier".encode() in data for data in files(essai.root / SIDE).values())
    assert len(essai.publish(clean=True).rendered) == 20
    assert not (essai.root / SIDE / "arbre").exists()
    assert files(essai.out) == essai.clean()
    assert essai.publish().rendered == ()


def test_modes_do_not_depend_on_the_mask(essai):
    before = os.umask(0o077)
    try:
        essai.publish()
        assert os.umask(0o077) == 0o077
    finally:
        os.umask(before)
    modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in essai.out.rglob("*")}
    assert modes == {(False, 0o644), (True, 0o755)}


def test_workers_change_nothing(essai):
    essai.fill(200)
    told = []
    essai.publish(workers=2, progress=lambda done, total: told.append((done, total)))
    assert files(essai.out) == essai.clean()
    assert told[-1] == (207, 207)
    assert essai.publish(workers=2).rendered == ()


SCRIPT = """
import sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from essai import Essai
Essai(Path(sys.argv[1])).fill(30).publish(workers=2)
"""


# What goes wrong


def faulty(error):
    def render(page):
        if str(page.path) == "lieux/p3/index.html":
            raise error
        return b"<!doctype html><p id=fin>autre"

    return render


@pytest.mark.parametrize("mode", [{}, {"in_place": True}])
def test_a_failing_page_leaves_the_old_site(essai, mode):
    essai.publish(**mode)
    before = files(essai.out)
    essai.salt = "autre"
    for error, told in (
        (KeyError("titre"), "KeyError: 'titre' (en dessinant content/lieux/p3.md)"),
        (PlanError("« a.png » a changé : relancez."), "« a.png » a changé : relancez."),
    ):
        with pytest.raises(PlanError) as caught:
            essai.publish(render=faulty(error), **mode)
        assert error_sentence(caught.value) == (
            f"Rien n’est publié : 1 fichier en échec.\nlieux/p3/index.html : {told}"
        )
        assert files(essai.out) == before
    assert not (essai.root / SIDE / "neuf").exists()
    essai.salt = "sel"
    assert essai.publish(**mode).rendered == ()


@pytest.mark.parametrize("at_once", [5_000, 4])
def test_all_failing_pages_are_told(essai, at_once, monkeypatch):
    monkeypatch.setattr("portail_publication.turns._AT_ONCE", at_once)

    def render(page):
        raise ValueError(page.url)

    with pytest.raises(PlanError) as caught:
        essai.publish(render=render)
    assert "13 fichiers en échec" in str(caught.value)
    assert str(caught.value).endswith("… et 3 de plus")


def test_a_real_write_failure_leaves_the_old_site(essai):
    """The system refuses files above 64 kB: in the process that makes them, and in its workers."""
    resource = pytest.importorskip("resource")
    essai.fill(100)
    essai.publish()
    before = files(essai.out)
    for slug in ("p1", "p2"):
        essai.fiches[slug].texte = "x" * 100_000
    for one in essai.fiches.values():
        one.titre += " bis"
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            import signal

            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
            essai.publish(workers=2)
        except PlanError as error:
            told = "un fichier est trop gros (2 pages, dont lieux/p1/index.html)"
            code = 7 if told in str(error) else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
    assert files(essai.out) == before


def test_collisions_of_the_plan_are_returned(essai):
    essai.publish()
    before = files(essai.out)
    essai.fichiers["Lieux/p1/INDEX.html"] = b"x"
    done = essai.publish()
    assert [one.code for one in done.diagnostics] == ["E501"]
    assert not done.published
    assert files(essai.out) == before


def tree(*paths):
    return Tree("t", ("k",), lambda: [(path, b"") for path in paths])


@pytest.mark.parametrize(
    ("artifacts", "message"),
    [
        ([plain("t/x"), tree("x/y")], "t/x serait à la fois un fichier et un dossier"),
        ([plain("t/x"), tree("x")], "deux artefacts écrivent t/x"),
        ([tree("x", "x")], "deux artefacts écrivent t/x"),
        ([tree("../x")], "t/../x sort du site"),
        ([plain("../a")], "../a sort du site"),
        ([plain("/a")], "/a sort du site"),
        ([plain(".git/config")], ".git/config sort du site"),
        (
            [Derived("d", "/d", ("absent",), lambda _: b"")],
            "d est tiré de absent, qui n’est pas un fichier du plan",
        ),
    ],
)
def test_impossible_plans(tmp_path, artifacts, message):
    with pytest.raises(PlanError) as caught:
        published(tmp_path, *artifacts)
    assert str(caught.value) == message
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize("mode", [{}, {"in_place": True}])
def test_an_output_that_is_not_ours_is_refused_until_one_says_yes(essai, mode):
    essai.out.mkdir()
    theirs = {"index.html": "chez moi", "these.odt": "dix ans de travail"}
    for name, text in theirs.items():
        (essai.out / name).write_text(text)
    for _ in range(2):
        with pytest.raises(PlanError) as caught:
            essai.publish(**mode)
        assert str(caught.value) == (
            f"« {essai.out} » contient autre chose qu’un site de Portail (index.html, these.odt…) "
            ": rien n’y est changé. → Choisissez un autre dossier. Si le site doit prendre cette "
            "place : portail build --remplacer, qui garde à côté ce qui s’y trouve."
        )
        assert {path.name for path in essai.root.iterdir()} <= {"output", "origines"}
        assert len(files(essai.out)) == 2
    done = essai.publish(replaces=True, **mode)
    assert done.strangers == (*theirs,) and files(essai.out) == essai.clean()
    essai.fiches["p1"].texte = "plus tard"
    assert essai.publish(**mode).published
    kept = {name: (done.aside / name).read_text() for name in files(done.aside)}
    assert kept == theirs


@pytest.mark.parametrize("mode", [{}, {"clean": True}, {"in_place": True}])
def test_another_site_in_the_folder_of_ours_is_not_ours(essai, mode):
    """A folder that is made anew often has the number of the one that was removed."""
    essai.publish()
    for path in essai.out.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    (essai.out / "index.html").write_text("chez moi")
    with pytest.raises(PlanError, match="autre chose qu’un site de Portail"):
        essai.publish(**mode)
    assert files(essai.out) == {"index.html": b"chez moi"}
    done = essai.publish(replaces=True, **mode)
    assert done.strangers == ("index.html",) and files(essai.out) == essai.clean()
    assert (done.aside / "index.html").read_text() == "chez moi"


def test_the_link_and_the_mode_of_the_output_stay(essai):
    real = essai.root / "www/site"
    real.mkdir(parents=True)
    real.chmod(0o2775)
    essai.out.symlink_to(real)
    for text in ("un", "deux"):
        essai.fiches["p1"].texte = text
        essai.publish()
        assert essai.out.is_symlink()
        assert real.stat().st_mode & 0o7777 == 0o2775
        assert files(real) == essai.clean()
    assert (essai.root / "www/.site.suivant").is_dir()


# One build at a time


def test_a_second_build_is_refused(essai):
    essai.publish()
    with Publication(essai.out, essai.root / "cache", Manner()):
        draft = essai.out.with_name(".output.suivant") / "neuf" / "0"
        draft.write_text("à la première")
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                essai.publish()
            except PlanError as error:
                expected = (
                    "Une autre construction de « output » est en cours "
                    f"(processus {os.getppid()}, depuis le "
                )
                code = 7 if str(error).startswith(expected) else 2
            finally:
                os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
        assert draft.exists(), "it takes nothing from the one that runs"
    assert essai.publish().rendered == ()


# Where a tree cannot be exchanged


@pytest.mark.parametrize(
    "why", ["mount", "parent", errno.EBUSY, errno.EXDEV, errno.EPERM, errno.EACCES]
)
def test_file_by_file_says_so(essai, monkeypatch, why):
    essai.publish()

    def refused(one, other):
        raise OSError(why, "refused")

    if why == "mount":
        monkeypatch.setattr(os.path, "ismount", lambda path: path == essai.out)
        reason = "c’est un point de montage"
    elif why == "parent":
        monkeypatch.setattr(os, "access", lambda path, mode: False)
        reason = f"on ne peut rien écrire dans « {essai.root} »"
    else:
        monkeypatch.setattr(trees, "_swapped", refused)
        reason = f"il ne peut pas être remplacé, {reason_of(OSError(why, ''))}"
    for text in ("un", "deux"):
        essai.fiches["p1"].texte = text
        essai.fiches.pop("p11", None)
        essai.fiches["p10"].liens = ()
        root = inode(essai.out)
        done = essai.publish()
        assert done.published
        assert done.note == f"« output » est publié fichier par fichier : {reason}."
        assert inode(essai.out) == root
        assert files(essai.out) == essai.clean()
    assert essai.publish().rendered == ()


def test_in_place_keeps_the_folder_and_the_files_that_did_not_change(essai):
    essai.publish(in_place=True)
    kept = [essai.out, essai.out / "lieux/p2/index.html"]
    before = [*map(inode, kept)]
    essai.fiches["p1"].texte = "autre"
    done = essai.publish(in_place=True)
    assert (done.published, done.note) == (True, "")
    assert [*map(inode, kept)] == before
    assert files(essai.out) == essai.clean()


# Builds that died


def killed_at(essai, monkeypatch, target, **mode):
    """Publish until a file is about to be put at ``target``."""
    move = trees._move

    def killed(origin, to):
        if Path(to) == Path(target):
            raise KeyboardInterrupt
        move(origin, to)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(trees, "_move", killed)
        essai.publish(**mode)


def test_a_first_publication_killed_on_the_way_is_taken_up(essai, monkeypatch):
    """The home page is not there yet: the folder is known all the same for ours."""
    killed_at(essai, monkeypatch, f"{essai.out}/index.html", in_place=True)
    assert files(essai.out).keys() and "index.html" not in files(essai.out)
    essai.fiches.pop("p11")
    essai.fiches["p10"].liens = ()
    assert essai.publish(in_place=True).published
    assert files(essai.out) == essai.clean()


def test_a_tree_that_a_build_died_in_is_believed_in_nothing(essai, monkeypatch):
    """Its files may have the size and the time of those that were meant to be there."""
    for text in ("un", "deux"):
        essai.fiches["p1"].texte = text
        essai.publish()
    essai.fiches["p1"].texte = "six"
    tree = essai.root / SIDE / "arbre"
    page = tree / "lieux/p2/index.html"
    killed_at(essai, monkeypatch, f"{tree}/lieux/p1/index.html")
    status, other = page.stat(), page.read_bytes().swapcase()
    page.unlink()  # never through a link: the published tree has the same file
    page.write_bytes(other)
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    essai.publish()
    assert files(essai.out) == essai.clean()


def test_folders_above_the_output_are_made(essai):
    essai.output = "un/deux/site"
    assert essai.publish().published
    assert files(essai.out) == essai.clean()


def test_an_output_around_the_cache_is_named(essai):
    essai.output = ""
    with pytest.raises(PlanError) as caught:
        essai.publish()
    assert str(caught.value) == (
        f"« {essai.root} » contient le cache : choisissez un autre dossier."
    )


def test_what_pages_read_is_kept_of_what_is_published_alone(tmp_path):
    saved = []
    traces = SimpleNamespace(
        settle=lambda: None,
        written=lambda work: (work(), None),
        fresh=set,
        save=lambda digests: saved.append({*digests}),
    )

    assert published(tmp_path, plain("a"), plain("b"), traces=traces).published
    assert not published(tmp_path, plain("a"), plain("b"), traces=traces).published
    assert published(tmp_path, plain("a"), traces=traces).published
    assert saved == [{"a", "b"}, {"a", "b"}, {"a"}]
