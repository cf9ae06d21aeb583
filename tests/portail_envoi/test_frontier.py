"""No build opens a connection: nothing of a build imports what sends, or follows addresses."""

import json
import os
import subprocess
import sys

import warm
from projects import Project
from voisins import HOME, agenda, event

PROBE = """
import pkgutil, sys
import portail, portail_pelican, portail_publication

for package in (portail, portail_pelican, portail_publication):
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not found.name.endswith("__main__"):
            __import__(found.name)
ours = ("portail_envoi.", "portail_liens", "smtplib")  # a package alone says what it brings
print(sorted(name for name in sys.modules if name.startswith(ours)))
"""


def test_no_build_imports_what_opens_connections():
    done = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, check=False, env=os.environ
    )
    assert done.stdout == "[]\n", done.stderr


def test_a_build_of_a_site_with_neighbours_opens_none(tmp_path):
    """One has a copy, one has none, one has a copy that is damaged; to ask them is another
    command, which the witness hears."""
    names = ("avec", "sans", "abime")
    rows = [{"nom": name, "adresse": f"https://{name}.invalid/", "voisin": True} for name in names]
    rows[0]["adresse"] = HOME
    project = Project(tmp_path)
    data = f'{{"jour":"2021-09-27","adresse":"{HOME}"}}\n'.encode() + agenda(event())
    copies = {"avec": data, "abime": data[:99]}
    project.write({"sources.yml": json.dumps({"sources": rows})})
    project.write({f".cache/voisins/{name}.json": it.decode() for name, it in copies.items()})
    project.write({"content/pages/a-propos.md": "---\ntitre: À propos\n---\n\nBonjour.\n"})
    site, opened = ("--site-url", "https://portail.example"), tmp_path / "ouverts"
    for command, code in (
        (["build", *site], 0),
        (["check"], 0),
        (["moissonner", "--voisins", *site], 1),
    ):
        done = project.portail(*command, **{warm.OPENED: str(opened)})
        assert done.code == code, done.err
        told = opened.read_text("utf-8").splitlines()
        asked = [one for one in told if one.startswith("socket.")]
        assert f"{project.root}/pelicanconf.py" in told and bool(asked) == (code == 1), asked
    assert (project.output / "a-propos/index.html").is_file()
