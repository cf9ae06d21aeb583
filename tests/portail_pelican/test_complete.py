"""``portail check --complet`` builds the site away, and reads each file that it made; ``--site``
reads those of a folder that is built."""

import json
import re
import shutil

import pytest

from portail.resources import theme_dir
from projects import Project

pytestmark = pytest.mark.site

ADDRESS = "https://exemple.org/portail"
QUIET = {"CI": "", "PORTAIL_VERIFIER": ""}
SPOILT = (
    r"<\1 onclick=x><a href='/morte/'>x</a><a href='javascript:x'>x</a><script src='//x'></script>"
)
STATICS = {
    "dessin.svg": '<svg onload="x"/>',
    "flux.xml": "<rss><item>&lt;img onerror=x&gt;</item></rss>",
    "lettre.eml": "Content-Type: text/html\r\n\r\n<script>x</script>",
}


def faults(done):
    """Code and message of what a command told as JSON."""
    assert done.code == 1, done.out + done.err
    return {(one["code"], one["message"]) for one in json.loads(done.out)["diagnostics"]}


def test_what_a_site_lets_run_and_where_it_leads_are_told(tmp_path):
    settings = 'THEME_TEMPLATES_OVERRIDES = ["gabarits"]\nSTATIC_PATHS = ["autres"]\n'
    project = Project(tmp_path, settings)
    template = (theme_dir() / "templates" / "404.html").read_text("utf-8")
    page = "---\ntitre: A\n---\nB\n"
    project.write({"gabarits/404.html": template, "content/pages/a.md": page})
    done = project.portail("check", "--complet", SITEURL=ADDRESS, **QUIET)
    assert (done.code, done.err) == (0, "")
    spoilt = re.sub("<(p|h1)>", SPOILT, template, count=1)
    assert spoilt != template
    project.write({"gabarits/404.html": spoilt})
    project.write({f"content/autres/{name}": text for name, text in STATICS.items()})
    project.does("build", SITEURL=ADDRESS, **QUIET)
    before = sorted(tmp_path.iterdir())
    form = ("--format", "json")
    told = faults(project.portail("check", "--complet", *form, SITEURL=ADDRESS, **QUIET))
    assert told == {
        ("E505", "La page /404.html contient un lien vers /morte/, qui n’existe pas."),
        ("E506", "Le fichier /404.html contient un attribut « onclick »."),
        ("E506", "Le fichier /404.html contient un script venu de « //x »."),
        ("E506", "Le fichier /404.html contient une adresse en « javascript: »."),
        ("E506", "Le fichier /autres/dessin.svg contient un attribut « onload »."),
        ("E506", "Le fichier /autres/flux.xml contient un attribut « onerror »."),
        ("E506", "Le fichier /autres/lettre.eml contient une balise <script>."),
    }
    assert sorted(tmp_path.iterdir()) == before
    assert faults(project.portail("check", "--site", "output", *form, SITEURL=ADDRESS)) == told
    shutil.rmtree(project.output)
    done = project.portail("check", "--site", "output")
    assert done.code == 2 and "« output » n’existe pas" in done.err
