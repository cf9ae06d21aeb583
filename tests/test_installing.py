"""``installer.sh`` of a new portal: what it verifies, what it leaves in place, what it says."""

import hashlib
import json
import os
import shutil
import subprocess
import zipfile

import pytest

from installation import bare_environment, run

pytestmark = pytest.mark.xdist_group("packaging")


@pytest.fixture
def portal(installed, wheel, lent, tmp_path):
    """A new portal that keeps the wheel, with an environment that lacks it alone."""
    pytest.importorskip("portail_init")
    folder = tmp_path / "mon portail"
    done = run(installed, tmp_path, "portail", "init", folder.name, "--region", "Normandie",
               "--source", str(wheel))  # fmt: skip
    assert done.returncode == 0, done.stderr
    bare_environment(folder / ".venv", lent)
    return folder


def install(portal, **environ):
    """Run the script, away from every index; what is not run is not compiled."""
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(
        ["sh", "installer.sh"],
        cwd=portal,
        env={**clean, "PIP_NO_INDEX": "1", "PIP_NO_COMPILE": "1", **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def generator(portal):
    """What is installed of the generator."""
    (found,) = portal.glob(".venv/lib/python*/site-packages/portail-*.dist-info")
    return found


@pytest.mark.long
def test_the_generator_is_installed_by_its_digest(portal, wheel):
    """Another file under its name is refused."""
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    asked = (portal / "requirements.txt").read_text(encoding="utf-8")
    assert f"./paquets/{wheel.name} --hash=sha256:{digest}\n" in asked
    kept = portal / "paquets" / wheel.name
    with zipfile.ZipFile(kept, "a") as archive:
        archive.writestr("portail/piege.py", "")
    done = install(portal)
    assert done.returncode == 1 and "HASHES" in done.stderr
    assert not [*portal.glob(".venv/lib/python*/site-packages/portail*")]
    assert not (portal / ".venv/.portail").exists()
    shutil.copy(wheel, kept)
    done = install(portal)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = run(portal / ".venv/bin", portal, "portail", "--version")
    assert done.returncode == 0, done.stderr


@pytest.mark.long
def test_what_is_there_is_not_installed_twice(portal, wheel):
    """Where the portal was made by the environment that it keeps: the newcomer’s way. Old pips do
    not say which file they installed: it is then installed again, over whatever it was."""
    assert install(portal).returncode == 0
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    notes = [(digest, False), ("", True), (digest[::-1], True)]
    for noted, again in notes:
        here = generator(portal)
        about = {"url": "file:///x.whl", "archive_info": {"hashes": {"sha256": noted}}}
        (here / "direct_url.json").write_text(json.dumps(about), encoding="utf-8")
        before = here.stat().st_ino
        (portal / ".venv/.portail").unlink()
        assert install(portal).returncode == 0
        assert (generator(portal).stat().st_ino != before) is again


def small_wheel(folder, name, needs=""):
    """A package of nothing, as a wheel; its digest."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{needs}"
    made = {
        f"{name}.py": "",
        f"{name}-1.0.dist-info/METADATA": about,
        f"{name}-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in made.items():
            archive.writestr(file, text)
        rows = "".join(f"{file},,\n" for file in [*made, f"{name}-1.0.dist-info/RECORD"])
        archive.writestr(f"{name}-1.0.dist-info/RECORD", rows)
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.long  # at each change, the file of the generator is
@pytest.mark.parametrize("right", [True, False])
def test_each_library_is_what_its_digest_says(portal, tmp_path, right):
    digest = small_wheel(tmp_path, "essai_absent")
    told = digest if right else digest[::-1]
    with (portal / "bibliotheques.txt").open("a", encoding="utf-8") as file:
        file.write(f"essai-absent==1.0 \\\n    --hash=sha256:{told}\n")
    done = install(portal, PIP_FIND_LINKS=str(tmp_path))
    assert (done.returncode == 0) is right, done.stderr
    assert (portal / ".venv/.portail").exists() is right


@pytest.mark.long
def test_what_a_team_adds_comes_with_what_it_needs(portal, tmp_path):
    small_wheel(tmp_path, "essai_greffon", "Requires-Dist: essai_besoin\n")
    small_wheel(tmp_path, "essai_besoin")
    with (portal / "requirements.txt").open("a", encoding="utf-8") as file:
        file.write("\n# Les nôtres.\nessai-greffon\n")
    done = install(portal, PIP_FIND_LINKS=str(tmp_path))
    assert done.returncode == 0, done.stderr
    code = "import essai_greffon, essai_besoin"
    assert run(portal / ".venv/bin", portal, "python", "-c", code).returncode == 0


@pytest.mark.long
def test_libraries_follow_the_version_that_is_installed(portal):
    libraries = portal / "bibliotheques.txt"
    tried = libraries.read_text("utf-8")
    libraries.write_text(f"# D’une autre version.\n{tried}", encoding="utf-8")
    done = install(portal)
    assert done.returncode == 0, done.stderr
    assert "bibliotheques.txt est renouvelé" in done.stdout
    assert libraries.read_text("utf-8") == tried
    assert install(portal).stdout == ""


@pytest.mark.long
def test_libraries_of_another_version_are_told(portal):
    small_wheel(portal / "paquets", "portail", "Requires-Dist: lxml>=900\n")
    asked = "./paquets/portail-1.0-py3-none-any.whl\n"
    (portal / "requirements.txt").write_text(asked, encoding="utf-8")
    done = install(portal)
    assert done.returncode == 1 and "ne va pas avec cette version" in done.stderr, done.stderr
    assert not (portal / ".venv/.portail").exists()
