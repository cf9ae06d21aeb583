"""Settings of Pelican that mean nothing here are named, with what does their work."""

from types import ModuleType

import pytest
from pelican import signals
from pelican.settings import DEFAULT_CONFIG

import portail_pelican
from doses import cases, rows_of
from faults import SOUND
from portail.cli.in_vain import _INSTEAD, instead_of
from portail_pelican import defaults
from portail_pelican.settings import unheard, unused
from projects import Project
from site_settings import setting_names

USUAL = {**DEFAULT_CONFIG, **{n: v for n, v in vars(defaults).items() if n.isupper()}}


def test_a_portal_that_sets_none_is_told_nothing():
    assert [*unused(USUAL)] == []


@pytest.mark.parametrize(("name", "value", "words"), rows_of("portail_pelican/unused.yml"))
def test_what_is_set_in_vain_is_told(name, value, words, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (told,) = unused({**USUAL, name: value})
    assert told.startswith(f"{name} n’a pas d’effet. → {words}")


def test_every_address_of_pelican_is_known():
    ends = ("_URL", "_SAVE_AS")
    theirs = {name for name in DEFAULT_CONFIG if name.endswith(ends)} - {"FEED_ALL_ATOM_URL"}
    heeded = {name for name in theirs if not instead_of(name)}
    assert heeded == {"STATIC_URL", "STATIC_SAVE_AS"}


def test_the_name_of_a_new_portal_is_no_fault():
    both = {"SITENAME": "Sciences", "PORTAIL_NOM": "Sciences"}
    assert [*unused({**USUAL, **both})] == []


@cases("name", ["STATIC_PATHS", "THEME", "SITEURL", "TIMEZONE", "STATIC_URL"])
def test_what_is_heeded_is_not(name):
    assert [*unused({**USUAL, name: "x"})] == []


def test_what_does_the_work_exists():
    told = " ".join(_INSTEAD.values()).replace(",", " ")
    assert {word for word in told.split() if word.startswith("PORTAIL_")} <= {*setting_names()}


@cases(
    ("heard", "told"),
    [
        ("article_generator_finalized", "« x » n’a pas d’effet"),
        ("article_generator_context page_generator_finalized all_generators_finalized",
         "« x » n’a pas d’effet"),
        ("initialized all_generators_finalized",
         "« x » n’a pas tout son effet : il attend all_generators_finalized, et les contenus"),
        ("get_generators content_written finalized", "« x » n’a pas tout son effet"),
        ("initialized generator_init get_generators static_generator_init finalized", ""),
    ],
)  # fmt: skip
def test_a_plug_in_that_waits_for_what_never_comes_is_told(heard, told):
    plugin = ModuleType("pelican.plugins.x")

    def hears(sender):
        """What a plug-in registers."""

    hears.__module__ = "pelican.plugins.x.inside"
    for name in heard.split():
        getattr(signals, name).connect(hears)
    assert told in "".join(unheard([plugin, portail_pelican]))
    assert told or not [*unheard([plugin, portail_pelican])]


@pytest.mark.site
def test_a_build_tells_the_line_each_time(tmp_path):
    project = Project(tmp_path, 'MENUITEMS = [("Agenda", "/agenda/")]\n')
    project.write(SOUND)
    line = (tmp_path / "pelicanconf.py").read_text("utf-8").count("\n")
    told = f"pelicanconf.py, ligne {line} : MENUITEMS n’a pas d’effet. → Écrivez PORTAIL_MENU.\n"
    for _ in range(2):  # the second time, nothing has changed
        done = project.does("build")
        assert told in done.err
    assert told not in project.portail("build", "-q").err
    for _ in range(2):  # of a check too, whose answer is remembered
        assert told in project.portail("check").err
    assert told not in project.portail("check", "-q").err


@pytest.mark.site
def test_another_class_of_pelican_would_publish_nothing(tmp_path):
    project = Project(tmp_path, 'PELICAN_CLASS = "pelican.Pelican"\n')
    project.write(SOUND)
    done = project.portail("build")
    assert done.code == 2
    assert "PELICAN_CLASS n’est pas celle de Portail : rien ne serait publié." in done.err
