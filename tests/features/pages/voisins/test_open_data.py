"""Open data of this generator, as a neighbour of the same make reads them."""

import json
from urllib.parse import urlsplit

from open_data import records, written
from portail.features.channels.donnees.exports import plan_exports
from portail.features.pages.voisins.judge import Judge
from portail.model.event import Event
from portail.model.kinds import Kind


def test_a_portal_of_ours_is_a_neighbour_of_which_all_holds(whole_site):
    """What a build publishes, judged: every event to come that is open to all, with its dates."""
    files = written(whole_site)
    found = records(files.__getitem__, "evenements.json")
    maps = {one.url: one for one in plan_exports(whole_site)}
    features = json.loads("".join(maps["/api/v1/lieux.geojson"].produce()))["features"]
    one = Judge(
        "https://portail.example.org/", whole_site.geography, whole_site.vocabularies,
        whole_site.day.date,
    )  # fmt: skip
    far_events = {urlsplit(far.url).path: far for far in one.events(found)}
    assert not one.reasons
    lieux = one.lieux(features)
    assert (len(lieux), one.dropped) == (len(features), ())
    ours = {
        item.url: item
        for item in whole_site.of_kind(Kind.EVENT)
        if item.listed and not item.is_over and item.entry.paru(whole_site.day.date)
    }
    assert far_events.keys() == ours.keys()
    for url, far in far_events.items():
        item = ours[url]
        mine = [(o.debut, o.fin, o.journee, o.etat) for o in item.occurrences[item.past_count :]]
        assert [(o.debut, o.fin, o.journee, o.etat) for o in far.occurrences] == mine, url
        address = item.of(Event).adresse
        abroad = address.commune if address and address.pays else ""  # our town names its country
        assert far.place.commune == (abroad or item.town)
        assert set(far.formats) == set(item.entry.format)
