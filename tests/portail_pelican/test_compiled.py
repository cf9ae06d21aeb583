"""Templates are compiled once, and again when what they compile to may differ."""

import sys

import jinja2
import pytest
from jinja2 import (
    DictLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    UndefinedError,
    pass_context,
)

from faults import SOUND
from portail.config import SiteConfig
from portail_pelican import compiled as module
from portail_pelican.compiled import _codes
from portail_pelican.renderer import Renderer
from projects import Project

SOURCE = '<p>{{ "/lieux/"|url }} {{ "<b>" }} {{ "mot"|dit }}</p>'
"""Constants, and filters of constants, that settings or plugins may change."""


class Counted(Environment):
    """An environment that tells what it compiles."""

    compiled: list[str | None]

    def compile(self, source, name=None, *others, **more):
        self.compiled.append(name)
        return super().compile(source, name, *others, **more)


def say(text):
    return text


def drawn(theme, siteurl="", source=SOURCE, **options):
    """What a new environment draws, and how many templates it compiled for that."""
    said = options.pop("said", say)
    environment = Counted(
        loader=DictLoader({"essai.html": source}), undefined=StrictUndefined, **options
    )
    environment.compiled = []
    environment.filters["dit"] = said
    Renderer(environment, SiteConfig(region="Hauts-de-France", siteurl=siteurl), theme, ())
    return environment.get_template("essai.html").render(), len(environment.compiled)


@pytest.fixture
def theme(racine):
    return racine / "theme"


def test_the_same_template_is_compiled_once(theme):
    first, _ = drawn(theme, "https://a.exemple.org/portail", autoescape=True)
    assert first == "<p>/portail/lieux/ &lt;b&gt; mot</p>"
    assert drawn(theme, "https://a.exemple.org/portail", autoescape=True) == (first, 0)


def test_settings_and_filters_are_asked_when_a_page_is_drawn(theme):
    drawn(theme, autoescape=True)
    there = "https://b.exemple.org/ici"
    assert drawn(theme, there, autoescape=True) == ("<p>/ici/lieux/ &lt;b&gt; mot</p>", 0)
    assert drawn(theme, autoescape=True, said=str.upper) == ("<p>/lieux/ &lt;b&gt; MOT</p>", 0)


def test_another_template_or_another_environment_is_compiled(theme):
    drawn(theme, autoescape=True)
    assert drawn(theme, autoescape=False) == ("<p>/lieux/ <b> mot</p>", 1)
    knows = pass_context(lambda context, word: f"{word} {context.name}")
    told = drawn(theme, autoescape=True, said=knows)
    assert told == ("<p>/lieux/ &lt;b&gt; mot essai.html</p>", 1), "it is called in another way"
    assert drawn(theme, source="<h1>{{ 1 + 1 }}</h1>", autoescape=True) == ("<h1>2</h1>", 1)
    assert drawn(theme, autoescape=True) == ("<p>/lieux/ &lt;b&gt; mot</p>", 0)


def test_what_is_shown_is_escaped_once_wherever_it_goes(theme):
    """Text is written without being marked up; what surrounds it is, as a whole."""
    source = (
        "{% macro m(v) %}<i>{{ v }}</i>{% endmacro %}{% set b %}<b>{{ '<' }}</b>{% endset %}"
        "{{ m('&') }} {{ m(m('&')) }} {{ b }} {% filter upper %}{{ '<' }}é{% endfilter %} {{ 1 }}"
        " {{ '<' ~ b }} {{ b|length }}"
    )
    written = "<i>&amp;</i> <i><i>&amp;</i></i> <b>&lt;</b> &LT;É 1 &lt;<b>&lt;</b> 11"
    assert drawn(theme, source=source, autoescape=True) == (written, 1)


def test_macros_and_attributes_are_asked_as_jinja_asks_them(theme):
    """What is called straight has the same defaults, and whatever is not there is undefined."""
    source = (
        "{% macro m(a, b='<', c=a) %}{{ a }}{{ b }}{{ c }};{% endmacro %}"
        "{{ m(1) }}{{ m(1, c=3) }}{{ m(1, 2, 3) }}{% set d = {'nom': m(4)} %}"
        "{{ d.nom }}{{ d.rien is defined }}{{ d.rien|default('-') }}{{ d.items()|list|length }}"
        "{% macro n() %}[{{ caller('x') }}{{ varargs|join }}]{% endmacro %}"
        "{% call(v) n(5, 6) %}{{ v }}{% endcall %}"
    )
    written = "1&lt;1;1&lt;3;123;4&lt;4;False-1[x56]"
    assert drawn(theme, source=source, autoescape=True) == (written, 1)
    with pytest.raises(TypeError, match="not more than 3"):
        drawn(theme, source=f"{source}{{{{ m(1, 2, 3, 4) }}}}", autoescape=True)
    with pytest.raises(UndefinedError, match="has no attribute 'rien'"):
        drawn(theme, source=f"{source}{{{{ d.rien }}}}", autoescape=True)


def compiled(theme, *folders):
    """As ``drawn``, in a process that compiled nothing: ``essai.html`` of ``folders``."""
    _codes.cache_clear()
    environment = Counted(loader=FileSystemLoader([*folders]), undefined=StrictUndefined)
    environment.compiled = []
    Renderer(environment, SiteConfig(region="Hauts-de-France"), theme, ())
    return environment.get_template("essai.html").render(), len(environment.compiled)


def test_templates_of_the_theme_are_kept_those_of_an_instance_are_not(tmp_path, monkeypatch):
    """Compiled, they are code: it has one place, beside ours."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    theme, shared = tmp_path / "theme", tmp_path / "communs"
    folder, own = theme / "templates", tmp_path / "instance"
    for place, text in ((folder, "{{ 'a' }}"), (own, "{{ 'b' }}")):
        place.mkdir(parents=True)
        (place / "essai.html").write_text(text)
    monkeypatch.setattr(module, "_ours", lambda: (theme,))
    monkeypatch.setattr(module, "compiled_dir", lambda: shared)
    assert compiled(theme, folder) == ("a", 1)
    assert compiled(theme, folder) == ("a", 0)
    assert compiled(theme, own, folder) == ("b", 1)
    assert compiled(theme, own, folder) == ("b", 1)
    (folder / "essai.html").write_text("{{ 'c' }}")
    assert compiled(theme, folder) == ("c", 1), "another source"
    (kept,) = shared.iterdir()
    file = kept / "essai.html.py"
    for damage in (file.read_bytes()[:-60], file.read_bytes()[:400], b"\0"):
        file.write_bytes(damage)
        assert compiled(theme, folder) == ("c", 1), "a spoilt file"
        assert compiled(theme, folder) == ("c", 0)
    (bytecode,) = kept.rglob("*.pyc")
    bytecode.write_bytes(bytecode.read_bytes()[:60])
    assert compiled(theme, folder)[0] == "c"
    monkeypatch.setattr(jinja2, "__version__", "3.1.99")
    assert compiled(theme, folder) == ("c", 1), "another Jinja"
    monkeypatch.setattr(module, "is_checkout", lambda: False)
    (folder / "essai.html").write_text("{{ 'd' }}")
    assert compiled(theme, folder) == ("d", 1)
    assert compiled(theme, folder) == ("d", 1), "nothing is written into an installation"


def test_a_fault_is_told_by_the_line_of_the_template_that_is_read(tmp_path):
    """Wherever it was when it was compiled."""
    for name in ("un", "autre"):
        place = tmp_path / name / "essai.html"
        place.parent.mkdir()
        place.write_text("un\n{{ rien }}")
        with pytest.raises(jinja2.UndefinedError) as raised:
            compiled(tmp_path, place.parent)
        assert (str(raised.traceback[-1].path), raised.traceback[-1].lineno) == (str(place), 1)


@pytest.mark.site
def test_builds_of_one_process_compile_once(tmp_path, monkeypatch):
    compiled = []
    real = jinja2.Environment.compile

    def counted(self, *given, **more):
        if self.bytecode_cache is not None:  # the host has others, for lists that it does not make
            compiled.append(given[1])
        return real(self, *given, **more)

    _codes.cache_clear()
    monkeypatch.setattr(module, "compiled_dir", lambda: tmp_path / "communs")
    monkeypatch.setattr(jinja2.Environment, "compile", counted)
    project = Project(tmp_path)
    project.write(SOUND)
    project.build(SITEURL="https://c.exemple.org/portail")
    assert len(compiled) > 10
    compiled.clear()
    monkeypatch.setenv("PORTAIL_CACHE", str(tmp_path / "autre"))
    made = project.build(SITEURL="https://c.exemple.org/portail", OUTPUT_PATH=str(tmp_path / "b"))
    assert len(made.rendered) > 10
    assert not compiled
