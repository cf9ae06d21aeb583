"""The demonstration has enough of what each of its visitors looks for, on its day."""

from collections import Counter
from datetime import timedelta

from demonstration import SCIENCE, TODAY, contents, every_content
from portail.features.kinds.annonces.model import Annonce
from portail.features.kinds.articles.model import Article
from portail.features.kinds.ressources.model import Ressource
from portail.features.services.editions.editions import for_everyone
from portail.model.event import Event

WHOLE, COMMUNES, DEPARTEMENTS = 23, 16, 5
"""Least true outings of the thirty days to come that are whole, and where. They only rise."""


def coming():
    """Events that are not over, those of which no day is known yet aside."""
    return [
        (one.entry, one.occurrences)
        for one in every_content().values()
        if isinstance(one.entry, Event) and any(o.last_day >= TODAY for o in one.occurrences)
    ]


def test_there_is_science_to_read():
    articles = [one.entry for one in every_content().values() if isinstance(one.entry, Article)]
    assert len([one for one in articles if f"articles/{one.slug}" in SCIENCE and one.image]) >= 18
    assert len({one.genre for one in articles}) >= 8


def test_there_are_outings_that_one_can_choose():
    events = coming()
    assert len(events) >= 95
    found = Counter()
    for event, occurrences in events:
        found["hour"] += not any(o.journee for o in occurrences)
        found["price"] += event.tarif is not None
        found["public"] += bool(event.publics)
        found["picture"] += event.image is not None
    assert found.pop("picture") >= 0.55 * len(events), "few true outings come with a free picture"
    assert min(found.values()) >= 0.7 * len(events), found


def whole(event, occurrences):
    """Commune of an event that says when, where exactly, and for how much or from what age, itself
    or by its place; else ``None``."""
    place = contents().get(f"lieux/{event.lieu}")
    place = place.entry if place else None
    where = event.adresse or (place and place.adresse)
    hour = (place and place.horaires_ouverture) or not all(o.journee for o in occurrences)
    price = event.tarif or event.age or (place and place.prix_connu)
    if not (where and where.rue and hour and price):
        return None
    return place.code_commune if place else where.commune


def test_the_month_has_true_outings_that_are_whole():
    last, communes = TODAY + timedelta(days=30), []
    for event, occurrences in coming():
        near = [o for o in occurrences if o.last_day >= TODAY and o.first_day <= last]
        if near and not event.exemple and event.mode != "en-ligne":
            communes += filter(None, [whole(event, near)])
    assert len(communes) >= WHOLE
    assert len(set(communes)) >= COMMUNES
    assert len({code[:2] for code in communes}) >= DEPARTEMENTS


def test_something_is_on_this_week_end_for_a_family():
    days = {TODAY.replace(month=10, day=day) for day in (1, 2)}
    on = [one for one, held in coming() if not days.isdisjoint(o.first_day for o in held)]
    assert len([one for one in on if one.publics and for_everyone(one)]) >= 8


def test_there_are_announcements_and_tools_that_travel():
    kinds = [one.entry for one in every_content().values()]
    assert sum(isinstance(one, Annonce) and one.echeance >= TODAY for one in kinds) >= 12
    assert sum(isinstance(one, Ressource) and bool(one.itinerance) for one in kinds) >= 20
