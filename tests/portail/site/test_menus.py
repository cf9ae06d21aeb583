"""Menus that the settings ask for (E156)."""

import re

import pytest

from doses import cases, rows_of
from portail.diagnostics import ConfigError
from portail.features import configured
from portail.outputs.base import reader_of
from portail.outputs.pages.frame import frame_of
from site_settings import of_code, site_with

MENU = """PORTAIL_MENU = {
    "entete": {"Sorties": "/agenda/", "Annonces": "/annonces/", "Où aller": "/lieux/"},
    "pied": {"Nos pages": ["/articles/", "/mentions-legales/"],
             "Ailleurs": {"Le réseau": "https://reseau.example.org/"}},
}
"""


def test_a_menu_has_its_entries_in_order(tmp_path):
    site = site_with(tmp_path, MENU).site
    frame = frame_of(reader_of(site))
    # Nothing is announced: the entry waits for the first.
    assert [(one.texte, one.url) for one in frame.menu] == [
        ("Sorties", "/agenda/"), ("Où aller", "/lieux/"),
    ]  # fmt: skip
    groups = {one.titre: [(link.texte, link.url) for link in one.liens] for one in frame.pied}
    first, second, *rest = groups
    assert groups[first] == [("Articles", "/articles/"), ("Mentions légales", "/mentions-legales/")]
    assert groups[second] == [("Le réseau", "https://reseau.example.org/")]
    (last,) = rest
    assert ("Plan du site", "/plan-du-site/") in groups[last]
    assert "/mentions-legales/" not in [url for _, url in groups[last]]


def test_an_entry_that_leads_nowhere_is_told_with_the_nearest(tmp_path):
    result = site_with(tmp_path, MENU.replace('"/agenda/"', '"/agendas/"'))
    assert result.plan is None
    (one,) = of_code(result, "E156")
    assert (str(one.position.path), one.position.line) == ("pelicanconf.py", 2)
    assert one.position.column == MENU.splitlines()[1].index('"/agenda/"') + 1
    assert "/agenda/ ?" in one.hint


@cases(("value", "said"), rows_of("portail/site/menus.yml"))
def test_what_is_no_menu_is_refused(value, said):
    with pytest.raises(ConfigError, match=re.escape(said)):
        configured({"PORTAIL_MENU": value or [1]})
