"""Plug-ins of Pelican that wait for what never comes, and another class of Pelican, are told."""

from types import ModuleType

import pytest
from pelican import signals

import portail_pelican
from doses import cases
from faults import SOUND
from portail_pelican.settings import unheard
from projects import Project


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
def test_another_class_of_pelican_would_publish_nothing(tmp_path):
    project = Project(tmp_path, 'PELICAN_CLASS = "pelican.Pelican"\n')
    project.write(SOUND)
    done = project.portail("build")
    assert done.code == 2
    assert "PELICAN_CLASS n’est pas celle de Portail : rien ne serait publié." in done.err
