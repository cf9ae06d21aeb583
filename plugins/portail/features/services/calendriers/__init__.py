"""Calendars that one subscribes to, and the file of each event (iCalendar)."""

from portail.feature import Derived, Feature, Output
from portail.late import late
from portail.outputs.pages.slots import EVENT_FILE, FOLLOW_LINKS, MENU_MORE

with late(__name__):
    from . import calendars, output


feature = Feature(
    name="calendriers",
    title="Calendriers",
    derives=(Derived("calendriers", calendars.build_calendars),),
    ways=calendars.ways,
    outputs=(Output("calendriers", output.plan),),
    slots={
        EVENT_FILE: calendars.event_file,
        FOLLOW_LINKS: calendars.links,
        MENU_MORE: calendars.links,
    },
    pages=frozenset({"/calendriers/"}),
)
