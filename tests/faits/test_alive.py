"""The demonstration has enough of what each of its visitors looks for, on its day."""

from collections import Counter

from demonstration import SCIENCE, TODAY, every_content
from portail.features.kinds.annonces.model import Annonce
from portail.features.kinds.articles.model import Article
from portail.features.kinds.ressources.model import Ressource
from portail.features.services.editions.editions import for_everyone
from portail.model.event import Event


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


def test_something_is_on_this_week_end_for_a_family():
    days = {TODAY.replace(month=10, day=day) for day in (1, 2)}
    on = [one for one, held in coming() if not days.isdisjoint(o.first_day for o in held)]
    assert len([one for one in on if one.publics and for_everyone(one)]) >= 8


def test_there_are_announcements_and_tools_that_travel():
    kinds = [one.entry for one in every_content().values()]
    assert sum(isinstance(one, Annonce) and one.echeance >= TODAY for one in kinds) >= 12
    assert sum(isinstance(one, Ressource) and bool(one.itinerance) for one in kinds) >= 20
