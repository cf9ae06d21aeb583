"""Dates in words: a date that is understood used every word of its text; else the text is refused,
with the word that was not read and what to write."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from dates_dites import told
from doses import cases
from portail.text.dates import JOURS, MOIS
from portail_importer.importer.when import When, read_words
from portail_importer.importer.when_words import EXAMPLE, NotRead

TODAY = date(2026, 11, 25)
PARIS = ZoneInfo("Europe/Paris")


def read(text):
    try:
        return read_words(text, TODAY, PARIS)
    except NotRead as refusal:
        return refusal


def days_of(session):
    """« 05..26/01 mar, jeu 18:30-20:00 sauf 12/01 », days of January 2027 without their year."""

    def short(day):
        return f"{day:%d/%m}" if day.year == 2027 else f"{day:%d/%m/%y}"

    said = "..".join(short(day) for day in (session.first, session.last) if day)
    names = ",".join(JOURS[rank][:3] for rank in session.weekdays)
    hours = "-".join(f"{hour:%H:%M}" for hour in (session.start, session.end) if hour)
    away = " ".join("..".join(short(day) for day in dict.fromkeys(pair)) for pair in session.away)
    through = "d’un trait" if session.through else ""
    return " ".join(filter(None, (said, names, hours, away and f"sauf {away}", through)))


def said(text):
    """What is read, each session; of a refusal, its code."""
    when = read(text)
    if isinstance(when, NotRead):
        return when.code
    lacks = [f"manque {when.lacks}"] if when.lacks else []
    hours = ["-".join(f"{one:%H:%M}" for one in pair if one) for pair in when.hours]
    return "; ".join([*map(days_of, when.sessions), *hours, *lacks])


@cases("row", told())
def test_what_french_programmes_say(row):
    assert said(row["texte"]) == row["dit"]


@cases(
    ("text", "reason", "remedy"),
    [
        (
            "samedi 9 janvier 2027 environ",
            "« environ » n’est ni un jour, ni une heure, ni un mot de date",
            f"Écrivez seulement des jours et des heures, comme {EXAMPLE}.",
        ),
        (
            "tous les mardis",
            "on ne sait pas de quand à quand (les mardis)",
            "Écrivez leurs dates, comme « les mardis du 5 au 26 janvier 2027 ».",
        ),
        (
            "9 janvier 2027 en continu",
            "« en continu » ne dit pas ses heures",
            "Écrivez de quelle heure à quelle heure, comme « 10 h-18 h en continu ».",
        ),
        (
            "samedi 9 janvier 2027 jusqu’à 18h",
            "« jusqu’à » laisse à savoir depuis quelle heure",
            "Écrivez aussi l’heure du début, comme « 14 h-18 h ».",
        ),
    ],
)
def test_a_refusal_says_what_was_not_read_and_what_to_write(text, reason, remedy):
    refusal = read(text)
    assert isinstance(refusal, NotRead)
    assert refusal.values == {"raison": reason, "remede": remedy}


# Cells of the grammar, and the days that they mean.

DAYS = st.dates(date(2026, 12, 1), date(2030, 12, 31))
HOURS = st.sampled_from([
    ("", None), (" à 14h", "14:00"), (", 14 h 30", "14:30"), (" à 14.30", "14:30"),
    (" (18h30-20h)", "18:30"), (", de 10 à 12h", "10:00"), (" de 9h à 11h30 en continu", "09:00"),
    (", 20h (durée 1h30)", "20:00"), ("\nentre 14h et 16h", "14:00"), (", dès 15h", "15:00"),
])  # fmt: skip
NAMED = st.sets(st.integers(0, 6), min_size=1, max_size=3).map(sorted)


def written(day):
    return f"{'1er' if day.day == 1 else day.day} {MOIS[day.month - 1]} {day.year}"


@st.composite
def cells(draw):
    """A cell, its days, the hour at which they begin."""
    first = draw(DAYS)
    hours, start = draw(HOURS)
    match draw(st.sampled_from(["day", "list", "period", "weekly", "except"])):
        case "day":
            lead = draw(st.sampled_from(["", "le ", f"{JOURS[first.weekday()]} "]))
            return lead + written(first) + hours, [first], start
        case "list":
            days = sorted(
                {
                    first + timedelta(step)
                    for step in draw(st.sets(st.integers(0, 90), min_size=1, max_size=4))
                }
            )
            said = [f"{JOURS[day.weekday()]} {written(day)}" for day in days]
            return (
                (", ".join(said[:-1]) + " et " if said[1:] else "") + said[-1] + hours,
                days,
                start,
            )
        case kind:
            last = first + timedelta(draw(st.integers(7, 60)))
            every = [first + timedelta(step) for step in range((last - first).days + 1)]
            period = f"du {written(first)} au {written(last)}"
    ranks = draw(NAMED)
    names = " et ".join(f"{JOURS[rank]}s" for rank in ranks)
    if kind == "weekly":
        lead = draw(st.sampled_from(["les", "tous les"]))
        said = draw(st.sampled_from([f"{lead} {names} {period}", f"{period}, {lead} {names}"]))
        return said + hours, [day for day in every if day.weekday() in ranks], start
    if kind == "except":
        left = " et ".join(f"le {JOURS[rank]}" for rank in ranks)
        word = draw(st.sampled_from(["sauf", "fermé", "hors"]))
        kept = [day for day in every if day.weekday() not in ranks]
        return f"{period}{hours}, {word} {left}", kept, start
    return period + hours, every, start


@given(day=st.dates(date(1995, 1, 1), date(2099, 12, 31)))
def test_every_full_spelling_of_a_day_is_that_day(day):
    for text in (f"{day:%d/%m/%Y}", f"{day:%d.%m.%Y}", day.isoformat(), written(day)):
        assert [one.first for one in read(text).sessions] == [day]


@given(cell=cells())
@example(cell=("du 1er janvier 2027 au 8 janvier 2027 à 14h", [], None))
def test_a_cell_of_the_grammar_is_its_days(cell):
    text, days, start = cell
    when = read(text)
    assert isinstance(when, When), (text, getattr(when, "values", ""))
    if days:
        assert sorted(day for one in when.sessions for day in one.days()) == days
        assert {one.start and f"{one.start:%H:%M}" for one in when.sessions} == {start}


FOREIGN = st.sampled_from(
    "environ gratuit vacances scolaires fériés premier soirée matin vers impair complet "
    "Lille rendez-vous nuit hiver * … # ? =".split()
) | st.text(st.characters(categories=["Ll"]), min_size=4, max_size=9).filter(
    lambda word: (
        word.isascii()
        and isinstance(read(f"samedi 9 janvier 2027, {word}"), NotRead)
        and isinstance(read(f"{word} samedi 9 janvier 2027"), NotRead)
    )
)


@given(cell=cells(), word=FOREIGN, at=st.integers(0, 40))
def test_a_foreign_word_anywhere_refuses_the_cell(cell, word, at):
    words = cell[0].split(" ")
    words.insert(at % (len(words) + 1), word)
    refusal = read(" ".join(words))
    assert isinstance(refusal, NotRead), " ".join(words)
    assert refusal.values.get("raison") or refusal.values.get("propose")


@given(cell=cells(), hour=st.integers(0, 23), lead=st.booleans(), sign=st.sampled_from([" ", ", "]))
def test_no_hour_is_left_aside(cell, hour, lead, sign):
    """One more hour is that of a session, or refuses the cell."""
    said = f"{hour}h07"
    when = read(f"{said}{sign}{cell[0]}" if lead else f"{cell[0]}{sign}{said}")
    if isinstance(when, When):
        hours = {time for one in when.sessions for time in (one.start, one.end) if time}
        assert f"{hour:02d}:07" in {f"{time:%H:%M}" for time in hours}


QUALIFIERS = ("sauf", "jusqu’au", "dès le", "à partir du", "chaque", "premier", "durée")


@given(cell=cells(), word=st.sampled_from(QUALIFIERS), at=st.integers(0, 40))
def test_a_word_that_changes_the_meaning_is_never_left_aside(cell, word, at):
    """It refuses the cell, or takes its part in what is read: it is never read over."""
    text, days, _ = cell
    words = text.split(" ")
    words.insert(at % (len(words) + 1), word)
    when = read(" ".join(words))
    if isinstance(when, When) and when.sessions and not when.lacks:
        kept = sorted(day for one in when.sessions for day in one.days())
        joined = " ".join(words)
        same_meaning = (
            "à partir du du",
            "dès le le",
            "chaque",
            "à partir du",
            "dès le",
            "jusqu’au",
            "et sauf",
            "sauf sauf",
        )
        assert kept != days or any(part in joined for part in same_meaning), joined


@given(text=st.text(st.sampled_from("0123456789 .:/-,hàdu lemrsjanvier()"), max_size=40))
def test_any_text_is_read_or_refused(text):
    read(text)
