"""``portail check --complet`` builds the site away, and reads each file that it made."""

import re

import pytest

from portail.resources import theme_dir
from projects import Project

pytestmark = pytest.mark.site


def test_what_a_template_lets_run_is_told(tmp_path):
    project = Project(tmp_path, 'THEME_TEMPLATES_OVERRIDES = ["gabarits"]\n')
    template = (theme_dir() / "templates" / "404.html").read_text("utf-8")
    project.write({"gabarits/404.html": template, "content/pages/a.md": "---\ntitre: A\n---\nB\n"})
    quiet = {"CI": "", "PORTAIL_VERIFIER": ""}
    done = project.portail("check", "--complet", **quiet)
    assert (done.code, done.err) == (0, "")
    spoilt = re.sub("<(p|h1)>", r"<\1 onclick=x>", template, count=1)
    assert spoilt != template
    project.write({"gabarits/404.html": spoilt})
    project.does("build", **quiet)
    before = sorted(tmp_path.iterdir())
    done = project.portail("check", "--complet", **quiet)
    assert done.code == 1
    assert "E506" in done.err and "/404.html contient un attribut « onclick »." in done.err
    assert sorted(tmp_path.iterdir()) == before
