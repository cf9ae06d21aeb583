"""A portal that came after version 0.1.0 has none of the addresses that only this one had."""

import pytest

from hosts import redirections_of
from plans import Tree, entry
from portail.diagnostics import ConfigError
from portail.settings import RECORD

FILES = {
    "articles/a": entry("articles", anciennes_urls=["/vieux/"]),
    "events/e": entry("events"),
    "territoires/somme": entry("territoires", type="departement", code="80"),
}
EARLIER = {
    "/admin/",
    "/contribuer/guides/editeur/",
    "/territoires/couverture/",
    "/articles/:slug/republier/",
    "/temps-forts/:slug/:annee/annonce.csv",
    "/communes/",
    "/:a/atom.xml",
    "/calendriers/echeances.ics",
    "/agenda/commune/:nom/",
}
"""Addresses of version 0.1.0, one of each sort."""
ALWAYS = {"/evenements/", "/vieux/", "/:a/page/"}
"""Addresses that any portal has."""
PAGES = {"/admin/", "/contribuer/guides/editeur/", "/territoires/couverture/"}


def told(root, record):
    """What servers are told of, the pages that lead elsewhere."""
    tree = Tree(root)
    if record is not None:
        (tree.root / RECORD).write_text(record, encoding="utf-8")
    plan = tree.run(FILES, siteurl="https://exemple.org").plan
    rules = {line.split()[0] for line in redirections_of(plan)}
    pages = {one.url for one in plan if getattr(one, "template", "") == "redirect.html"}
    return rules, pages


@pytest.mark.parametrize(
    "record",
    [None, '{"version": "0.1.0"}\n', '{"version": "0.2.0", "autre": [1]}\n'],
)
def test_a_portal_that_may_be_of_that_time_keeps_them(tmp_path, record):
    rules, pages = told(tmp_path, record)
    assert rules >= EARLIER | ALWAYS
    assert pages >= PAGES


@pytest.mark.parametrize("record", ["[]", "{", '{"depuis": 2}'])
def test_a_record_that_was_changed_says_nothing_of_it(tmp_path, record):
    with pytest.raises(ConfigError, match=f"{RECORD} » ne se lit plus"):
        told(tmp_path, record)


def test_one_that_came_later_has_none_of_them(tmp_path):
    rules, pages = told(tmp_path, '{"version": "0.3.0", "depuis": "0.2.0"}\n')
    assert rules >= ALWAYS
    assert not rules & EARLIER
    assert not pages & PAGES
