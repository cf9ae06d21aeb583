"""Spaces that templates bind, and pages that have none left to be cut at."""

import re

import pytest
from jinja2 import DictLoader, Environment
from lxml import html
from markupsafe import Markup

from doses import cases
from portail_pelican.compiled import FILTERS, Bound

N = "\u00a0"


def drawn(source, name="page.html", **values):
    """What a template of that source shows."""
    env = Environment(loader=DictLoader({name: source}), autoescape=True, extensions=[Bound])
    env.filters.update(FILTERS)
    return env.get_template(name).render(**values)


@cases(
    ("source", "shown"),
    [
        ("<p>Pourquoi ?</p>", f"<p>Pourquoi{N}?</p>"),
        ("<p>{{ 3 }} jours : {{ 'à 20 km' }}</p>", f"<p>3{N}jours{N}: à 20{N}km</p>"),
        ("<p>{{ 'a' ~ ' ?' }}{% if 1 > 0 %} ; b{% endif %}</p>", f"<p>a{N}?{N}; b</p>"),
        ('<a title="Qui ?" id="{{ x }}">{{ x }} !</a>', f'<a title="Qui ?" id="1 h">1{N}h{N}!</a>'),
        ("<input{% if x %} value=\"{{ x }}\"{% endif %}> 1 h", f'<input value="1 h"> 1{N}h'),
        ("{% macro m() %} id='1 h' alt='{{ x }}'{% endmacro %}{{ m() }}", " id='1 h' alt='1 h'"),
        ("<script>a ? b : {{ x }}</script>{{ x }}", f"<script>a ? b : 1 h</script>1{N}h"),
        ("<pre>1 h {{ x }}</pre> 1 h", f"<pre>1 h 1 h</pre> 1{N}h"),
        ("<!-- 1 h --> 1 h", f"<!-- 1 h --> 1{N}h"),
        ("{{ x if x else '' }}<b>{{ none }}</b>", f"1{N}h<b>None</b>"),
    ],
)  # fmt: skip
def test_templates(source, shown):
    assert drawn(source, x="1 h", none=None) == shown


def test_markup_is_bound_where_it_was_made():
    assert drawn("{{ x }}", x=Markup("<b>1 h</b>")) == "<b>1 h</b>"
    assert drawn("{{ x }}", x="<b> ?") == f"&lt;b&gt;{N}?"


def test_only_pages_are_bound():
    assert drawn("1 h {{ '2 h' }}", "carte.json") == "1 h 2 h"


# Built pages.


SPACES = re.compile("[\u00a0\u202f\u2011]")
# What is said to people; the rest is read by scripts, or by nobody.
SAID = {"alt", "title", "placeholder", "content", "data-rien"}


@pytest.mark.site
def test_what_scripts_read_is_never_typeset(built):
    pages = {path: html.fromstring(path.read_bytes()) for path in built("vitrine").rglob("*.html")}
    assert not [
        (path, node.tag, name, value)
        for path, page in pages.items()
        for node in page.iter()
        for name, value in node.items()
        if not name.startswith("aria-") and name not in SAID and SPACES.search(value)
    ]
