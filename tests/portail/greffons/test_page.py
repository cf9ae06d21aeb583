"""A page in HTML that a greffon draws, with a template of the instance."""

import pytest

from faults import SOUND
from projects import Project

MODULE = """\
from portail.greffons import Feature, Output, PageView, SitemapHint, drawn, page


class Compte(PageView, frozen=True, kw_only=True):
    nombre: int


def plan(site):
    yield drawn(site, "/compte/", "compte.html", montrer, sitemap=SitemapHint())


def montrer(site):
    head = page(site, "/compte/", "Le compte", "Combien de contenus a le portail.")
    return Compte(**head, nombre=len(site.items))


feature = Feature("compte", "Compte", outputs=(Output("compte", plan),))
"""
TEMPLATE = """\
{% extends "base.html" %}
{% block contenu %}<h1>{{ vue.titre|typo }}</h1><p>{{ vue.nombre }} contenus</p>{% endblock %}
"""
SETTINGS = 'PORTAIL_GREFFONS = ["greffons.compte"]\nTHEME_TEMPLATES_OVERRIDES = ["gabarits"]\n'


@pytest.mark.site
def test_a_page_of_a_greffon_follows_contents_and_is_in_the_sitemap(tmp_path):
    project = Project(tmp_path, SETTINGS)
    project.write(SOUND | {"greffons/compte.py": MODULE, "gabarits/compte.html": TEMPLATE})
    (article,) = (name for name in SOUND if "/articles/" in name)
    more = SOUND[article].replace("Un article sans faute", "Un autre article")
    for added in ({}, {"content/articles/un-autre.md": more}):
        project.write(added)
        project.does("build", "--site-url", "https://portail.example.org")
        html = (project.output / "compte/index.html").read_text(encoding="utf-8")
        assert f"<p>{len([*project.content.rglob('*.md')])}\u00a0contenus</p>" in html
        assert "<title>Le compte" in html and 'href="/theme/' in html.replace("//portail", "")
    maps = "".join(one.read_text() for one in project.output.glob("sitemap*.xml"))
    assert "https://portail.example.org/compte/" in maps
