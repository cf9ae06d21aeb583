"""One state said alike in each channel: what has moved on line is there alone."""

import json

import pytest

from doses import rows_of
from plans import box, entry
from portail.config import SiteConfig
from portail.features.channels.flux.entries import feed_content
from portail.features.services.calendriers.components import event_text
from portail.features.services.calendriers.events import event_wording
from portail.features.services.fiches.records import record_of
from portail.features.services.referencement.nodes import graph
from portail.outputs.pages.cards import card_of
from portail.site.positions import position_of

announced = pytest.importorskip("portail_lettre.announced").announced

CONFIG = SiteConfig(region="Hauts-de-France", siteurl="https://exemple.org")
HALL = {"nom": "Musée de la tuile", "rue": "3 rue du Sable", "commune": "Amiens"}
POINT = {"lat": 49.9, "lon": 2.3}
LIVE = "https://exemple.org/direct"
BOOKING = {"regime": "obligatoire", "courriel": "contact@tuile.exemple.org"}


def channels(tree, **fields):
    """What each says of one event, as texts; where it is, as maps and the letter know it."""
    files = {
        "events/nuit": entry("events", titre="La nuit", inscription=BOOKING, **fields),
        "lieux/musee": entry("lieux", titre="Musée de la tuile", adresse=HALL, commune=None,
                             coordonnees=POINT),
    }  # fmt: skip
    site = tree.site(files, siteurl=CONFIG.siteurl, etiquette="exemple.org,2021")
    view = tree.view("/evenements/nuit/", files, siteurl=CONFIG.siteurl)
    item = site.items["events/nuit"]
    (node,) = [one for one in graph(view, CONFIG)["@graph"] if "eventAttendanceMode" in one]
    wording = event_wording(item, site)
    record = record_of(site, item.ref)
    record["calcule"].pop("cites", None)  # what it names, not where it is
    told = {
        "page": box(view),
        "engines": {key: node.get(key) for key in ("eventAttendanceMode", "location")},
        "calendar": event_text(item.entry, item.occurrences, wording, site.vocabularies),
        "data": record,
        "card": card_of(site, item.ref).details,
        "feed": feed_content(item, site, whole=False).rendez_vous,
        "letter": announced(item, site, site.day.date).lieu,
    }
    texts = {
        name: json.dumps(one, ensure_ascii=False).replace("Musée", "musee")
        for name, one in told.items()
    }
    return texts, position_of(item, site)


@pytest.mark.parametrize("fields", rows_of("features/kinds/evenements/channels.yml"))
def test_what_moved_on_line_is_there_alone(tree, fields):
    if "adresse" in fields:
        fields = {"lieu": None, **fields}
    texts, place = channels(tree, etat="deplace-en-ligne", **fields)
    assert place is None
    for name, text in texts.items():
        assert "musee" not in text, name
        assert "Amiens" not in text, name
        assert "49.9" not in text, name
    assert "OnlineEventAttendanceMode" in texts["engines"]
    assert "VirtualLocation" in texts["engines"]
    assert "LOCATION:En ligne" in texts["calendar"]
    assert '"mode": "en-ligne"' in texts["data"]
    assert "n ligne" in texts["card"]
    assert "En ligne" in texts["page"]


@pytest.mark.parametrize("etat", ["programme", "complet", "annule", "reprogramme"])
def test_any_other_state_leaves_it_where_it_is(tree, etat):
    texts, place = channels(tree, etat=etat, lieu="musee", en_ligne=LIVE)
    assert place.exacte
    silent = {name for name, text in texts.items() if "musee" not in text}
    assert silent == set()
    assert "MixedEventAttendanceMode" in texts["engines"]
