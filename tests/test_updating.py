"""A portal of one's own with the wheel alone: written, checked, built, served."""

import re
import tomllib

import pytest

from installation import run

pytestmark = [pytest.mark.xdist_group("packaging"), pytest.mark.site]

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
    assert not [*(folder / ".cache").rglob("*.py*")], "what is run is in the wheel"
    _judge_pages(folder / "output")


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
