"""An erratum that does not wait for the next letter: what it tells, until when, where it is."""

from datetime import date

import pytest

from plans import Tree, entry
from portail.features.channels.lettre.issues import freeze, frozen_text
from portail.features.channels.lettre.output import urgent
from portail.outputs.base import TextFile

THURSDAY = date(2021, 9, 30)
FRIDAY = date(2021, 10, 1)
NEAR = {"titre": "La nuit", "debut": "2021-10-02 20:00"}
FAR = {"titre": "Le bal", "debut": "2021-10-16 20:00"}
SETTINGS = {"siteurl": "https://exemple.org", "courriel": "redaction@exemple.org"}


@pytest.fixture
def tree(tmp_path):
    """A tree whose letter of the week announced a rendez-vous near and one far."""
    from portail.agenda.weeks import Week

    tree = Tree(tmp_path)
    files = {"events/nuit": entry("events", **NEAR), "events/bal": entry("events", **FAR)}
    site = tree.site(files, day=THURSDAY, **SETTINGS)
    week = Week.of(THURSDAY)
    frozen = freeze(site, week)
    assert {"events/nuit", "events/bal"} <= frozen.etats.keys()
    tree.site({f"newsletters/{week.slug}.envoi.json": frozen_text(frozen)}, day=THURSDAY)
    return tree


def found(tree, day=FRIDAY, **files):
    contents = {f"events/{name}": text for name, text in files.items()}
    return urgent(tree.site(contents, day=day, **SETTINGS))


def test_nothing_while_all_is_as_announced(tree):
    assert found(tree) == ()


def test_what_is_cancelled_before_the_next_letter(tree):
    (one,) = found(tree, nuit=entry("events", **NEAR, etat="annule"))
    assert one.issue.sujet == "Annulé\u00a0: La nuit"
    assert [erratum.ref for erratum in one.issue.errata] == ["events/nuit"]
    assert one.issue.jour == FRIDAY
    assert (one.url, one.page) == ("/newsletter/2021-s39/erratum/", "/newsletter/2021-s39/")


def test_what_can_wait_waits_and_what_is_over_is_left(tree):
    assert found(tree, bal=entry("events", **FAR, etat="annule")) == ()
    off = entry("events", **NEAR, etat="annule")
    assert found(tree, day=date(2021, 10, 3), nuit=off) == ()
    assert len(found(tree, day=date(2021, 10, 2), nuit=off)) == 1


def test_several_changes_are_counted(tree):
    moved = entry("events", **{**NEAR, "debut": "2021-10-03 20:00"})
    (one,) = found(tree, nuit=moved)
    assert one.issue.sujet.startswith("Nouvelle date")


def test_its_mail_is_there_and_no_page_nor_list_tells_it(tree):
    off = {"events/nuit": entry("events", **NEAR, etat="annule")}
    plan = tree.run(off, day=FRIDAY, **SETTINGS).plan
    below = {str(one.path) for one in plan if "2021-s39/erratum/" in str(one.path)}
    assert below == {
        f"newsletter/2021-s39/erratum/{name}"
        for name in ("courriel.html", "courriel.txt", "courriel.eml", "selection.json")
    }
    texts = {one.url: one for one in plan if isinstance(one, TextFile)}
    text = "".join(texts["/newsletter/2021-s39/erratum/courriel.txt"].produce())
    assert "Annulé" in text and "La nuit" in text and "Me désabonner" in text
    for url, one in texts.items():
        if url[1:] not in below:
            assert "/erratum/" not in "".join(one.produce()), url
