"""Feeds of the issues of the letter."""

import pytest

from flux import faults, read
from lettres import HOSTILE, NUMERO, SETTINGS, SOMME, envoi, links, with_weeks
from plans import Tree, entry
from portail.features.channels.flux.output import plan_feeds
from portail.outputs.base import TextFile
from portail_publication.output_check import OutputChecker, OutputPolicy

frozen_text = pytest.importorskip("portail_lettre.sent").frozen_text

SITEURL = "https://portail.example.org/sciences"


def published(tmp_path, *issues, **settings):
    """A site whose present week was sent."""
    files = {
        "lieux/musee": entry("lieux"),
        f"newsletters/{issues[0].semaine}.envoi.html": frozen_text(envoi(*issues)),
    }
    known = {"siteurl": SITEURL, "etiquette": "exemple.org,2021", "lettre": SETTINGS} | settings
    return Tree(tmp_path).site(files, day=issues[0].jour, **known)


def feeds(site):
    """The feeds of the letter, by address."""
    files = (one for one in plan_feeds(site) if isinstance(one, TextFile))
    return {one.url: "".join(one.produce()) for one in files if "/newsletter/" in one.url}


def test_each_edition_has_its_feed_with_whole_issues(tmp_path):
    found = feeds(published(tmp_path, NUMERO, SOMME))
    assert sorted(found) == ["/newsletter/flux.xml", "/newsletter/somme/flux.xml"]
    text = found["/newsletter/flux.xml"]
    feed = read(text, "rss")
    assert [*faults(feed, f"{SITEURL}/newsletter/flux.xml")] == []
    (item,) = feed.contenus
    assert item.id == "tag:exemple.org,2021:newsletter/2021-s39"
    assert item.titre == NUMERO.sujet
    assert item.publie.isoformat() == "2021-09-30T08:00:00+02:00"
    for url in links(NUMERO):
        assert f'href="{SITEURL}{url}"' in item.contenu
    assert "Annulé\u00a0:" in item.contenu
    assert "<em>Strix aluco</em>" in item.contenu
    assert "Jupiter à l’est.</p>" in item.contenu


def test_an_issue_that_was_not_sent_is_in_no_feed(tree):
    site = tree.site({"articles/a": entry("articles")}, siteurl=SITEURL, lettre=SETTINGS)
    assert feeds(site) == {}


def test_words_that_were_chosen_to_break_it(tmp_path):
    site = published(tmp_path, NUMERO)
    broken = HOSTILE.model_copy(update={"sujet": "<b>]]> & \u200f🦉\x0b"})
    known = with_weeks(site, {NUMERO.semaine: envoi(broken)})
    text = feeds(known)["/newsletter/flux.xml"]
    assert [*faults(read(text, "rss"), f"{SITEURL}/newsletter/flux.xml")] == []
    assert (
        OutputChecker(OutputPolicy(site_url=SITEURL)).findings(text.encode(), "newsletter/flux.xml")
        == ()
    )
