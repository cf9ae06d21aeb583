"""Plug-ins of Pelican that do as public ones do: docs/technique/settings.md says what works."""

import subprocess
import sys

import pytest

from faults import SOUND
from projects import SETTINGS as ALONE
from projects import Project

pytestmark = pytest.mark.site

SITEMAP = """
def over(host):
    Path(host.output_path, "sitemap.xml").write_text("<urlset/>", encoding="utf-8")

def register():
    signals.finalized.connect(over)
"""
MINIFY = """
def over(host):
    for path in Path(host.output_path, "theme").rglob("*.js"):
        path.write_text("", encoding="utf-8")

def register():
    signals.finalized.connect(over)
"""
FILTERS = """
def add(generator):
    generator.env.filters["titlecase"] = str.title

def register():
    signals.generator_init.connect(add)
"""
HOME = """\
{% extends "!theme/index.html" %}
{% block accueil_titre %}
<h1>{{ "le ciel de caen"|titlecase }}</h1>
{% endblock %}
"""
SETTINGS = """
SITEURL = "https://exemple.org"
PLUGIN_PATHS = ["."]
PLUGINS = [*PLUGINS, "temoin"]
"""


def portal(root, plugin, extra=SETTINGS):
    """A portal with another plug-in."""
    project = Project(root, extra)
    head = "from pathlib import Path\n\nfrom pelican.plugins import signals\n"
    project.write({**SOUND, "temoin.py": head + plugin})
    return project


@pytest.mark.parametrize(
    ("plugin", "code", "words"),
    [
        (SITEMAP, "E165", "« sitemap.xml » est un fichier que le portail écrit"),
        (MINIFY, "E166", "n’est plus celui du thème"),
    ],
    ids=["sitemap", "minify"],
)
def test_who_writes_over_the_portal_is_named(plugin, code, words, tmp_path):
    project = portal(tmp_path, plugin)
    settings = (tmp_path / "pelicanconf.py").read_text("utf-8").splitlines()
    line = 1 + settings.index('PLUGINS = [*PLUGINS, "temoin"]')
    done = project.pelican()
    assert done.code == 1
    assert f"pelicanconf.py:{line}:1 {code}" in done.err and words in done.err
    assert "« temoin »" in done.err and "PLUGINS" in done.err
    assert not project.output.exists()


def test_filters_of_another_are_those_of_templates(tmp_path):
    project = portal(tmp_path, FILTERS)
    project.write({"theme/templates/index.html": HOME})
    done = project.pelican()
    assert (done.code, done.err) == (0, "")
    assert "<h1>Le Ciel De Caen</h1>" in (project.output / "index.html").read_text("utf-8")


def test_a_static_file_in_the_place_of_ours_is_named(tmp_path):
    extra = 'SITEURL = "https://exemple.org"\nSTATIC_PATHS = ["x"]\n'
    extra += 'EXTRA_PATH_METADATA = {"x/a.txt": {"path": "sitemap.xml"}}\n'
    project = portal(tmp_path, "", extra)
    project.write({"content/x/a.txt": "a"})
    done = project.pelican()
    assert (done.code, "E165" in done.err, "STATIC_PATHS" in done.err) == (1, True, True)


BROKEN = """
def broken(host):
    raise ZeroDivisionError("never")
def register():
    signals.finalized.connect(broken)
"""


def test_a_fault_of_a_program_is_told_from_one_of_contents(tmp_path):
    project = portal(tmp_path, BROKEN)
    done = project.portail("build")
    assert done.code == 70 and done.err.endswith("ci-dessus (sortie 70).\n")
    assert "ZeroDivisionError" in done.out + done.err
    assert project.pelican().code == 70
    project.write({"pelicanconf.py": "1 / 0\n"})
    assert project.portail("build").code == 2
    full = f"{sys.executable} -m portail build > /dev/full"
    project.write({"pelicanconf.py": ALONE})
    done = subprocess.run(full, shell=True, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert done.stderr.count("e disque est plein. → Libérez de la place, puis recommencez.") == 1
