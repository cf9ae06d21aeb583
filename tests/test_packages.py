"""Packages that stand alone: one of somebody else brings all that ours do; ours are built alone."""

import os
import re
import subprocess
import sys

from checkout import ROOT
from doses import rows_of
from projects import SETTINGS

PACKAGES = {path.parent.name: path.parent for path in (ROOT / "plugins").glob("*/pyproject.toml")}
"""Those that can be built alone, by the name of their folder."""


def run(folder, path, *arguments):
    """What ``portail`` says, with a ``path`` of packages before those of this environment."""
    done = subprocess.run(
        [sys.executable, "-m", "portail", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, path))},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_package_of_others_brings_all_that_ours_do(arbre):
    """A setting, a command, a kind with its form, a page, its template and sheet, a code, words."""
    told = rows_of("paquet.yml")
    path = [arbre({f"paquets/{name}": text for name, text in told["paquet"].items()}) / "paquets"]
    named = f'{SETTINGS}PORTAIL_GREFFONS = ["herbier"]\nPORTAIL_HERBIER = "Rue des Jacobins"\n'
    portal = arbre(
        {"portail/pelicanconf.py": named, "portail/content/carnets/flore.md": told["carnet"]}
    )
    portal /= "portail"
    assert run(portal, path, "herbier") == (0, "Rue des Jacobins\n")
    assert "dit où est l’herbier" in run(portal, path, "--help")[1]
    code, said = run(portal, path, "build", "--site-url", "https://a.example")
    assert code == 0 and "A590" in said and "« Flore » tient en un mot" in said, said
    output = portal / "output"
    page = (output / "herbier/index.html").read_text("utf-8").replace("\xa0", " ")
    assert "Rue des Jacobins" in page and "1 carnet" in page
    sheet = re.search(r"/theme/(css/herbier\.css)\?v=", page)[1]
    assert "verdure" in (output / "theme" / sheet).read_text("utf-8")
    carnet = (output / "carnets/flore/index.html").read_text("utf-8")
    assert "Feuillets" in carnet and "Un carnet d’herbier." in carnet
    form = (output / "contribuer/carnet/index.html").read_text("utf-8")
    assert "Combien de feuillets." in form
    assert "Pourquoi" in run(portal, path, "check", "--expliquer", "A590")[1]
    (portal / "pelicanconf.py").write_text(SETTINGS, encoding="utf-8")
    assert run(portal, path, "herbier")[0] == 2, "what is not named is not there"
    named = named.replace('["herbier"]', '["herbier"][:]')
    (portal / "pelicanconf.py").write_text(named, encoding="utf-8")
    code, said = run(portal, path, "build")
    assert code == 2 and "PORTAIL_HERBIER" in said
