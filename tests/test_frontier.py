"""No build opens a connection: nothing of a build imports what sends, or follows addresses."""

import json
import os
import subprocess
import sys

import warm
from projects import Project

PROBE = """
import pkgutil, sys
import portail, portail_pelican, portail_publication

for package in (portail, portail_pelican, portail_publication):
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not found.name.endswith("__main__"):
            __import__(found.name)
# A package alone says what it brings.
ours = ("portail_envoi.", "portail_liens.", "portail_poste.", "smtplib")
print(sorted(name for name in sys.modules if name.startswith(ours)))
"""


def test_no_build_imports_what_opens_connections():
    done = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, check=False, env=os.environ
    )
    assert done.stdout == "[]\n", done.stderr


def test_a_build_of_a_site_with_sources_opens_none(tmp_path):
    """To ask them is another command, which the witness hears."""
    row = {"nom": "A", "adresse": "https://a.invalid/", "accord": {"le": "2021-09-01", "de": "b"}}
    project = Project(tmp_path)
    project.write({"sources.yml": json.dumps({"sources": [row]})})
    project.write({"content/pages/a-propos.md": "---\ntitre: À propos\n---\n\nBonjour.\n"})
    site, opened = ("--site-url", "https://portail.example"), tmp_path / "ouverts"
    for command, code in ((["build", *site], 0), (["check"], 0), (["moissonner", *site], 1)):
        done = project.portail(*command, **{warm.OPENED: str(opened)})
        assert done.code == code, done.err
        told = opened.read_text("utf-8").splitlines()
        asked = [one for one in told if one.startswith("socket.")]
        assert f"{project.root}/pelicanconf.py" in told and bool(asked) == (code == 1), asked
    assert (project.output / "a-propos/index.html").is_file()
