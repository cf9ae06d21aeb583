"""Any event that the site accepts is written so that clients find its occurrences again."""

from datetime import UTC, date, datetime, timedelta

import icalendar
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calendriers import by_recurring, lines_of, seen_of
from doses import dose
from portail.agenda.recurrence import expand
from portail.features.services.calendriers.components import FOOT, event_text, head_text
from portail.features.services.calendriers.events import EventWording
from portail.model.event import Event, Seance
from portail.model.event import Horaires as ModelHoraires
from remake import replace
from strategies import Moment, days, horaires, hours, seances
from tables import lists

THEN = datetime(2021, 9, 1, tzinfo=UTC)
TOLD = EventWording("evenement", "Un titre", "", "", None, "", (), (), THEN, THEN)
STATES = st.sampled_from([None, "annule", "complet", "deplace-en-ligne", "reprogramme"])


def checked(event):
    """The event is read again by a client; what the site refuses is not tried."""
    occurrences = expand(
        event.debut, event.fin, event.seances, event.horaires, event.rrule, event.etat
    )
    assume(isinstance(occurrences, tuple))
    text = head_text("-//x//FR") + event_text(event, occurrences, TOLD, lists()) + FOOT
    lines_of(text)
    wanted = seen_of(occurrences, "evenement")
    assert by_recurring(text) == wanted
    assert icalendar.Calendar.from_ical(text).to_ical().decode() == text


def event(**fields):
    defaults = {
        "debut": None, "fin": None, "seances": (), "horaires": None, "rrule": None,
        "etat": "programme",
    }  # fmt: skip
    return Event.model_construct(**defaults | fields)


@given(st.lists(seances(days(date(2021, 3, 20), date(2021, 11, 10))), min_size=1, max_size=8),
       st.sampled_from(["programme", "annule", "reporte"]), st.data())  # fmt: skip
@settings(max_examples=dose(8, 200))
def test_seances(written, etat, data):
    made = tuple(
        Seance.model_construct(
            debut=one.debut, fin=one.fin, etat=one.etat, ancien_debut=None,
            note=data.draw(st.sampled_from([None, "en LSF"])),
        )
        for one in written
    )  # fmt: skip
    checked(event(seances=made, etat=etat))


@given(days(date(2021, 1, 1), date(2022, 12, 31)), hours(), st.integers(0, 400),
       st.sets(st.integers(0, 12), min_size=1), st.sampled_from([1, 2, 7, 14, 21]),
       st.data())  # fmt: skip
@settings(max_examples=dose(8, 200))
def test_regular_seances(first, hour, minutes, ranks, step, data):
    made = []
    for rank in sorted(ranks):
        start = datetime.combine(first + timedelta(days=step * rank), hour)
        end = start + timedelta(minutes=minutes)
        made.append(
            Seance.model_construct(
                debut=Moment(start.date(), start.time()),
                fin=Moment(end.date(), end.time()),
                etat=data.draw(STATES),
                ancien_debut=None,
                note=None,
            )
        )
    checked(event(seances=tuple(made)))


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=200)


@given(TEXTS, st.lists(TEXTS, max_size=3))
@settings(max_examples=dose(8, 200))
def test_any_text_comes_back(title, lines):
    """Control characters are refused at the source: ends of lines are ours."""
    known = expand(Moment(THEN.date()), None, (), None, None, "programme")
    told = replace(TOLD, titre=title, lieu=title, lignes=tuple(lines), mots=(title or "x", "b"))
    text = head_text("-//x//FR") + event_text(event(), known, told, lists()) + FOOT
    lines_of(text)
    calendar = icalendar.Calendar.from_ical(text)
    (read,) = calendar.events
    assert calendar.to_ical().decode() == text
    assert read["SUMMARY"] == title and read.get("LOCATION", "") == title
    assert read["DESCRIPTION"] == "\n".join(filter(None, lines))
    assert read.categories == [title or "x", "b"] and not read.errors


@given(horaires())
@settings(max_examples=dose(8, 200))
def test_timetables(one):
    values = {name: getattr(one, name) for name in ("du", "au", "tous_les", "de", "a", "sauf")}
    checked(event(horaires=ModelHoraires.model_construct(**values)))


RULES = st.sampled_from([
    "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2",
    "FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=-1,{j}", "FREQ=YEARLY", "FREQ=DAILY;BYMONTH=3,{m},10",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY={a},SA;WKST=SU", "FREQ=MONTHLY;BYDAY={n}{a}",
    "FREQ=MONTHLY;BYDAY={n}{a},SU", "FREQ=MONTHLY;BYDAY={a};BYSETPOS={n},-1",
    "FREQ=YEARLY;BYMONTH={m};BYDAY={n}{a}",
])  # fmt: skip


@given(RULES, days(date(2020, 1, 1), date(2024, 12, 31)), hours(), st.integers(0, 1440),
       st.integers(1, 12), st.booleans(), st.data())  # fmt: skip
@settings(max_examples=dose(8, 200))
def test_rules(rule, day, hour, minutes, count, whole, data):
    name = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[day.weekday()]
    rank = (day.day - 1) // 7 + 1
    text = f"{rule.format(j=day.day, m=day.month, a=name, n=rank)};COUNT={count}"
    start = datetime.combine(day, hour)
    end = start + timedelta(minutes=minutes)
    debut = Moment(day) if whole else Moment(day, hour)
    fin = Moment(end.date(), None if whole else end.time())
    known = expand(debut, fin, (), None, text, "programme")
    assume(isinstance(known, tuple))
    left = data.draw(st.sets(st.integers(0, len(known) - 1), max_size=len(known) - 1))
    if left:
        text += " EXDATE:" + ",".join(f"{known[one].first_day:%Y%m%d}" for one in sorted(left))
    checked(event(debut=debut, fin=fin, rrule=text))
