"""Templates are compiled once, and again when what they compile to may differ."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import pytest
from jinja2 import DictLoader, Environment, StrictUndefined

from faults import SOUND
from portail.config import SiteConfig
from portail_pelican import renderer
from portail_pelican.compiled import Compiled, _codes
from portail_pelican.renderer import Renderer
from projects import Project

SOURCE = '<p>{{ "/lieux/"|url }} {{ "<b>" }} {{ "mot"|dit }}</p>'
"""Filters of constants are applied while compiling."""


class Counted(Environment):
    """An environment that tells what it compiles."""

    compiled: list[str | None]

    def compile(self, source: Any, name: str | None = None, *others: Any, **more: Any) -> Any:
        self.compiled.append(name)
        return super().compile(source, name, *others, **more)


@pytest.fixture(autouse=True)
def compiled_for_each_portal(monkeypatch: pytest.MonkeyPatch) -> None:
    """As outside of tests (see ``warm``)."""
    monkeypatch.setattr(renderer, "Compiled", Compiled)


def say(text: str) -> str:
    return text


def drawn(theme: Path, siteurl: str = "", source: str = SOURCE, **options: Any) -> tuple[str, int]:
    """What a new environment draws, and how many templates it compiled for that."""
    said: Callable[[str], str] = options.pop("said", say)
    environment = Counted(
        loader=DictLoader({"essai.html": source}), undefined=StrictUndefined, **options
    )
    environment.compiled = []
    environment.filters["dit"] = said
    Renderer(environment, SiteConfig(region="Hauts-de-France", siteurl=siteurl), theme, ())
    return environment.get_template("essai.html").render(), len(environment.compiled)


@pytest.fixture
def theme(racine: Path) -> Path:
    return racine / "theme"


def test_the_same_template_is_compiled_once(theme: Path) -> None:
    first, _ = drawn(theme, "https://a.exemple.org/portail", autoescape=True)
    assert first == "<p>/portail/lieux/ &lt;b&gt; mot</p>"
    assert drawn(theme, "https://a.exemple.org/portail", autoescape=True) == (first, 0)


def test_another_one_or_another_environment_is_compiled_again(theme: Path) -> None:
    drawn(theme, autoescape=True)
    assert drawn(theme, "https://b.exemple.org/ici", autoescape=True) == (
        "<p>/ici/lieux/ &lt;b&gt; mot</p>",
        1,
    )
    assert drawn(theme, autoescape=False) == ("<p>/lieux/ <b> mot</p>", 1)
    assert drawn(theme, autoescape=True, said=str.upper) == ("<p>/lieux/ &lt;b&gt; MOT</p>", 1)
    other = drawn(theme, source="<h1>{{ 1 + 1 }}</h1>", autoescape=True)
    assert other == ("<h1>2</h1>", 1)
    assert drawn(theme, autoescape=True) == ("<p>/lieux/ &lt;b&gt; mot</p>", 0)


def compiled(theme: Path, cache: Path, salt: str, text: str) -> tuple[str, int]:
    """As ``drawn``, in a process that compiled nothing and keeps codes in ``cache``."""
    _codes.cache_clear()
    environment = Counted(loader=DictLoader({"essai.html": text}), undefined=StrictUndefined)
    environment.compiled = []
    Renderer(environment, SiteConfig(region="Hauts-de-France"), theme, ()).compiled.keep_in(
        cache, salt
    )
    return environment.get_template("essai.html").render(), len(environment.compiled)


def test_codes_are_kept_from_a_process_to_the_next(theme: Path, tmp_path: Path) -> None:
    assert compiled(theme, tmp_path, "sel", "{{ 1 }}") == ("1", 1)
    assert compiled(theme, tmp_path, "sel", "{{ 1 }}") == ("1", 0)
    assert compiled(theme, tmp_path, "sel", "{{ 2 }}") == ("2", 1), "another source"
    assert compiled(theme, tmp_path, "autre", "{{ 2 }}") == ("2", 1), "another code"
    (folder,) = tmp_path.iterdir()
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:40])
    assert compiled(theme, tmp_path, "autre", "{{ 2 }}") == ("2", 1), "a spoilt file"
    assert compiled(theme, tmp_path, "autre", "{{ 2 }}") == ("2", 0)


@pytest.mark.site
def test_builds_of_one_process_compile_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[object] = []
    real = jinja2.Environment.compile

    def counted(self: Environment, *given: Any, **more: Any) -> Any:
        if self.bytecode_cache is not None:  # the host has others, for lists that it does not make
            compiled.append(given[1])
        return real(self, *given, **more)

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
