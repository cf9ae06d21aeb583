"""What a source changes in bulk is proposed under a warning: somebody reads it anyway."""

import pytest

from arrivages import Happening, ics

from .conftest import events

CANCELLED = ics(*events(4)).replace("SUMMARY:", "STATUS:CANCELLED\r\nSUMMARY:")
SHOES = [one._replace(uid=f"s{rank}@shoes.example", title=f"Shoes {rank}", text="Buy.")
         for rank, one in enumerate(events(3, shift=30))]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (ics(), "De 4 événements à venir, 4 n’y sont plus."),
        (ics(events(4)[0]), "De 4 événements à venir, 3 n’y sont plus."),
        (CANCELLED, "De 4 événements à venir, 4 y sont annulés."),
        (ics(*events(4, shift=11)), "De 4 événements à venir, 4 y changent de date."),
        (ics(*[one._replace(hour=15) for one in events(4)]), "4 y changent de date."),
        (ics(*events(4)).replace("DTSTART;TZID=Europe/Paris", "DTSTART;TZID=America/New_York"),
         "4 y changent de date."),
        (ics(*SHOES), "tout y est nouveau : est-ce encore elle"),
        (ics(*events(4), *[Happening(f"n{n}@x.example", f"Pub {n}", events(1)[0].day)
                           for n in range(501)]), "Elle en dit 501 nouveaux d’un coup"),
    ],
    ids=["empty", "most", "cancelled", "later", "hour", "zone", "sold", "many"],
)  # fmt: skip
def test_what_changes_in_bulk_is_proposed_under_a_warning(calendar, data, said):
    before = calendar.files()
    calendar.serve(data)
    assert calendar.run() == 0
    assert said in calendar.output
    assert said in str(calendar.harvests[0].alarms)
    assert calendar.files() != before
    assert len(calendar.files()) <= len(before) + 500
    if "nouveaux" not in said:
        assert (calendar.run() == 0 and said not in calendar.output) or "sont plus" in said
