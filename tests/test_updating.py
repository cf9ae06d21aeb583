"""A portal of one's own with the wheel alone: written, checked, built, served, then updated."""

import json
import re
import shutil
import tomllib
import zipfile

import pytest

from installation import run

pytestmark = [pytest.mark.xdist_group("packaging"), pytest.mark.site]

NEXT = "9.1.0"
MEANT = {"C521", "A153"}
"""The advices of a new portal: its examples, its pages to fill in."""
LIEU = "content/lieux/dome.md"
OURS = {
    "data/types-lieux.yml": "valeurs:\n  - {code: coupole, label: Coupole d’essai}\n",
    "theme/static/css/tokens.css": ":root { --accent: #00695C; }\n",
    "theme/templates/404.html": """
        {% extends "!theme/404.html" %}
        {% block contenu %}
        <h1>Rien par ici</h1>
        {% endblock %}
        """,
    "content/events/nuit.md": """
        ---
        titre: Nuit des étoiles de papier
        resume: Une soirée fictive pour regarder le ciel et plier des planètes.
        publie_le: 2021-09-20
        format: atelier
        debut: 2021-10-09 18:00
        fin: 2021-10-09 20:00
        lieu: dome
        ---

        On apporte sa curiosité.
        """,
    LIEU: """
        ---
        titre: Le dôme
        resume: Un lieu fictif, pour les essais.
        type: coupole
        commune: COMMUNE
        ---

        Une coupole et un jardin.
        """,
}
"""What a portal adds: a term, a colour, a page, contents."""


@pytest.fixture(scope="module")
def version(racine):
    """The version that ``pyproject.toml`` says."""
    told = tomllib.loads((racine / "pyproject.toml").read_text(encoding="utf-8"))
    return str(told["project"]["version"])


def bytes_of(folder):
    """Every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def newer(wheel, version, tmp_path_factory):
    """The same wheel under another version, unpacked, whose skeleton has other versions of
    libraries, another README, and one more file."""
    folder = tmp_path_factory.mktemp("neuf")
    target = folder / wheel.name.replace(version, NEXT)
    model = "portail/_ressources/modele/commun"
    with zipfile.ZipFile(wheel) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name.endswith(("dist-info/METADATA", "dist-info/RECORD")):
                data = data.replace(version.encode(), NEXT.encode())
            if name in (f"{model}/bibliotheques.txt", f"{model}/README.md"):
                data += b"nouveau==1.0 \\\n    --hash=sha256:0a\n"
            after.writestr(name.replace(f"portail-{version}.", f"portail-{NEXT}."), data)
        after.writestr(f"{model}/NOUVEAU.md", "Un fichier de plus.\n")
    zipfile.ZipFile(target).extractall(folder / "plus recent")
    return folder / "plus recent"


@pytest.fixture(scope="module")
def founded(installed, tmp_path_factory):
    """A portal of this version, which no test may change."""
    folder = tmp_path_factory.mktemp("fonde")
    run(installed, folder, "portail", "init", "p", "--region", "04", "--forge", "github")
    return folder / "p"


def test_the_version_is_said_once(installed, version, tmp_path):
    done = run(installed, tmp_path, "portail", "--version")
    assert (done.returncode, done.stdout) == (0, f"portail {version}\n")


@pytest.mark.parametrize(
    ("region", "commune"),
    [
        ("La Réunion", "Cilaos"),
        pytest.param("Normandie", "Bayeux", marks=pytest.mark.long),
        pytest.param("aucune", "Wizernes", marks=pytest.mark.long),
    ],
)
def test_a_new_portal_is_whole_with_the_wheel_alone(region, commune, installed, arbre):
    name, address = "mon portail", {"SITEURL": "https://sciences.example.org"}
    folder = arbre({}) / name
    done = run(installed, folder.parent, "portail", "init", name, "--region", region)
    assert done.returncode == 0, done.stderr
    arbre({f"{name}/{path}": text.replace("COMMUNE", commune) for path, text in OURS.items()})
    done = run(installed, folder, "portail", "build", env=address)
    assert done.returncode == 0, done.stderr
    assert {*re.findall(r":\d+ ([ACE]\d{3}) ", done.stdout + done.stderr)} <= MEANT
    compiled = {path.name for path in (folder / ".cache").glob("gabarits-*/*.py")}
    assert compiled == {"404.html.py"}, "the wheel has the others"
    _judge_pages(folder / "output")
    done = run(installed, folder, "portail", "migrer")
    assert (done.returncode, done.stdout.startswith("Rien à migrer")) == (0, True), done.stdout


def _judge_pages(output):
    """Pages of the skeleton, and what the portal has of its own."""
    for page in "/ /agenda/ /lieux/ /mentions-legales/ /contribuer/".split():
        assert (output / page[1:] / "index.html").is_file(), page

    def text(path):
        return (output / path).read_text(encoding="utf-8")

    event, lieu = text("evenements/nuit/index.html"), text("lieux/dome/index.html")
    assert "Nuit des étoiles" in event and "/lieux/dome/" in event
    assert "/evenements/nuit/" in lieu and "Coupole d’essai" in lieu
    assert "Rien par ici" in text("404.html")
    assert "--accent:#00695C" in text("theme/css/portail.css")
    assert [*output.rglob("literata.woff2")]


def test_updating_changes_no_content(installed, founded, newer, version, tmp_path):
    """Same contents, two versions of the wheel: the versions of libraries follow, nothing else."""
    folder = shutil.copytree(founded, tmp_path / "p")
    untouched = bytes_of(folder)
    shown = updated(installed, folder, newer)
    assert shown.returncode == 0 and "+nouveau==1.0" in shown.stdout, shown.stderr
    assert bytes_of(folder) == untouched, "nothing is written before it is asked for"
    assert _changed(installed, folder, newer) == "bibliotheques.txt"
    after = bytes_of(folder)
    again = updated(installed, folder, newer, "--appliquer")
    assert again.stdout.startswith("Rien à migrer") and bytes_of(folder) == after
    assert version not in again.stdout
    done = run(installed, folder, "portail", "migrer")
    assert done.returncode == 2, "an older version does not touch a newer repository"
    assert NEXT in done.stderr and version in done.stderr


def test_a_portal_of_a_version_without_hashes_is_still_updated(installed, founded, newer, tmp_path):
    """Version 0.1.0 wrote ``contraintes.txt``, which its ``installer.sh`` reads."""
    folder = shutil.copytree(founded, tmp_path / "p")
    (folder / "bibliotheques.txt").unlink()
    (folder / "contraintes.txt").write_text("# Les versions.\nlxml==1.0\n", encoding="utf-8")
    assert _changed(installed, folder, newer) == "contraintes.txt"
    text = (folder / "contraintes.txt").read_text(encoding="utf-8")
    assert "nouveau==1.0\n" in text and "sha256" not in text
    versions = [line.partition("==")[2] for line in text.splitlines()]
    assert len(versions) > 30 and all(versions)


def updated(installed, folder, newer, *more):
    """Run the command of the newer wheel, found before that of the environment."""
    return run(installed, folder, "portail", "migrer", *more, env={"PYTHONPATH": str(newer)})


def _changed(installed, folder, newer):
    """The one file that an update changes, beside what says the version of the portal."""
    untouched = bytes_of(folder)
    done = updated(installed, folder, newer, "--appliquer")
    assert done.returncode == 0, done.stderr
    after = bytes_of(folder)
    changed = {name for name in after if after[name] != untouched.get(name)}
    (libraries,) = changed - {".portail.json"}
    assert b"nouveau==1.0" in after[libraries]
    assert json.loads(after[".portail.json"])["version"] == NEXT
    return libraries
