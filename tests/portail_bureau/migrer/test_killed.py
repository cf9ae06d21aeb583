"""Commands that write a repository, killed before any of their writes: what was there is there,
and the same command ends what it began."""

import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

from doses import dose
from portail import cli
from portail.files import DRAFT
from portail.settings import RECORD
from portail_bureau.migrer import command as migrer
from portail_bureau.migrer.command import Migration, renamed_key

CALLS = frozenset({"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "shutil.rmtree"})
WRITING = os.O_WRONLY | os.O_RDWR
CONTENTS = {
    "auteurs/zelie-d-aubrac.md": "---\ntitre: Zélie d’Aubrac\norcid: 0000-0001-5109-3700\n---\n\n"
    "Elle étudie les chauves-souris.\n",
    "events/rencontre-avec-zelie-d-aubrac.md": "---\ntitre: Rencontre avec Zélie d’Aubrac\n"
    "publie_le: 2027-02-20\nresume: Un essai.\ndebut: 2027-04-09 14:00\nformat: atelier\n"
    "publics: [tout-public]\nadresse: {commune: Amiens}\n---\n\nUne rencontre.\n",
    "articles/la-nuit.md": "---\ntitre: La nuit\npublie_le: 2027-02-20\nresume: Un essai.\n"
    "auteurs: [zelie-d-aubrac]\n---\n\nVoir "
    "[la rencontre](events/rencontre-avec-zelie-d-aubrac), ORCID 0000-0001-5109-3700.\n",
}
OLD = "---\ntitre: Essai\ndate: 2027-03-01\n---\n\nUn essai.\n"
ERASED = ("effacer", "Zélie d’Aubrac", "--appliquer")


def held(root):
    """Every file, with its rights."""
    return {
        one.relative_to(root).as_posix(): (one.read_bytes(), one.stat().st_mode)
        for one in sorted(root.rglob("*"))
        if one.is_file() and ".cache" not in one.parts
    }


def ended(root, argv, number=sys.maxsize):
    """A command in a process of its own, killed before its ``number``-th write below ``root``: its
    code, and how many writes it made if it ended by itself."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        made = 0

        def hear(event, details):
            nonlocal made
            changes = event in CALLS or (
                event == "open" and isinstance(details[2], int) and details[2] & WRITING
            )
            if changes and str(details[0]).startswith(str(root)):
                made += 1
                if made == number:
                    os.kill(os.getpid(), signal.SIGKILL)

        os.chdir(root)
        sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115
        sys.addaudithook(hear)
        code = cli.main([*argv])
        os.write(writer, str(made).encode())
        os._exit(code)
    os.close(writer)
    told = os.read(reader, 20)
    os.close(reader)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), int(told or 0)


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal that an older version wrote, with a person in it."""
    folder = tmp_path_factory.mktemp("tues") / "p"
    assert cli.main(["init", str(folder), "--region", "aucune", "--date", "2027-03-01"]) == 0
    (folder / RECORD).write_text('{"version": "0.0.9"}', encoding="utf-8")
    (folder / migrer.CONSTRAINTS).write_text("pelican==4.5\n", encoding="utf-8")
    for name, text in CONTENTS.items():
        (folder / "content" / name).parent.mkdir(exist_ok=True)
        (folder / "content" / name).write_text(text, encoding="utf-8")
    return folder


def every_kill_leaves_old_or_sound(root, before, argv, least):
    """Each file is as it was or as a sound run leaves it; then the command is run again."""

    def fresh():
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(before, root)

    fresh()
    code, calls = ended(root, argv)
    assert code in (0, 1) and calls >= least, (code, calls)
    old, sound = held(before), held(root)
    for number in range(1, calls + 1, dose(max(1, calls // 2), 1)):
        fresh()
        assert ended(root, argv, number)[0] == -signal.SIGKILL, number
        for name, (data, _) in held(root).items():
            known = [one[name][0] for one in (old, sound) if name in one]
            assert data in known or DRAFT in name, name
        assert ended(root, argv)[0] == code, number
        assert held(root) == sound, number


def test_migrer(portal, tmp_path, monkeypatch):
    row = Migration("0.1.0", "« date »", "content/events/*.md", renamed_key("date", "debut"))
    monkeypatch.setattr(migrer, "MIGRATIONS", (row,))
    before = tmp_path / "avant"
    shutil.copytree(portal, before)
    for name in ("un", "deux", "trois"):
        (before / f"content/events/{name}.md").write_text(OLD, encoding="utf-8")
    (before / "content/events/un.md").chmod(0o640)
    every_kill_leaves_old_or_sound(tmp_path / "p", before, ("migrer", "--appliquer"), 12)


def test_effacer(portal, tmp_path):
    every_kill_leaves_old_or_sound(tmp_path / "p", portal, ERASED, 3)


def test_init(tmp_path):
    """A portal is there, whole, or is not; what was made beside is no part of it."""
    argv = ("init", str(tmp_path / "p/un"), "--region", "aucune", "--date", "2027-03-01")
    (tmp_path / "p").mkdir()
    code, calls = ended(tmp_path / "p", argv)
    assert code == 0 and calls > 40
    sound = held(tmp_path / "p/un")
    for number in range(1, calls + 1, dose(calls // 2, 1)):
        shutil.rmtree(tmp_path / "p")
        (tmp_path / "p").mkdir()
        assert ended(tmp_path / "p", argv, number)[0] == -signal.SIGKILL
        assert not (tmp_path / "p/un").exists() or held(tmp_path / "p/un") == sound, number
        if not (tmp_path / "p/un").exists():
            assert ended(tmp_path / "p", argv)[0] == 0
        assert held(tmp_path / "p/un") == sound, number
