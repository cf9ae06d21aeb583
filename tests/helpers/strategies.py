"""Values that the properties of several modules need, for Hypothesis."""

import calendar
from dataclasses import dataclass
from datetime import date, time, timedelta

from hypothesis import strategies as st

from portail.model.scalars import Moment, Periode

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_WORDS = (
    "été", "œuvre", "Œil", "cœur", "æschne", "naïf", "garçon", "forêt", "où", "aigüe", "Noël",
    "Élan", "à", "la", "d’Arras", "l'eau", "Saint-Omer", "St-Omer", "Ste-Fiction", "1re", "2021",
    "14 h", "« vive »", "n°", "CO2", "H₂O", "α-tubuline", "Wizernes", "…", "-", "–", ":", "!",
)  # fmt: skip
_PARTS = ("Saint", "Sainte", "sur", "les", "la", "Neuville", "Bois", "l’Isle", "Mont", "Œuf")


@dataclass(frozen=True)
class Seance:
    """One session as written."""

    debut: Moment
    fin: Moment | None = None
    etat: str | None = None
    ancien_debut: Moment | None = None


@dataclass(frozen=True)
class Horaires:
    """A weekly timetable as written."""

    du: date
    au: date
    tous_les: tuple = ()
    de: time | None = None
    a: time | None = None
    sauf: tuple = ()


def days(first=date(1990, 1, 1), last=date(2100, 12, 31)):
    """Days that the content model accepts, changes of clocks being frequent among them."""
    turns = [
        day
        for year in range(first.year, last.year + 1)
        for month in (3, 10)
        if first <= (day := _last_sunday(year, month)) <= last
    ]
    anywhere = st.dates(first, last)
    return st.one_of(anywhere, st.sampled_from(turns)) if turns else anywhere


def hours():
    """Hours of an agenda, on the minute, mostly by quarters."""
    quarters = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
    return st.one_of(quarters, st.builds(time, st.integers(0, 23), st.integers(0, 59)))


def moments(around=None):
    """A day, with an hour or without."""
    return st.builds(Moment, days() if around is None else around, st.none() | hours())


def slugs():
    """Valid slugs of all lengths."""
    words = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)
    return st.lists(words, min_size=1, max_size=6).map("-".join)


def french_words():
    """Words and signs of French prose: accents, ligatures, apostrophes, figures."""
    letters = "abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿœæÀÇÉÈÊŒÆ’'-"
    return st.one_of(st.sampled_from(_WORDS), st.text(letters, min_size=1, max_size=12))


def french_texts(max_words=30):
    """Sentences of French, with every kind of space between words."""
    spaces = st.sampled_from([" ", " ", " ", "\u00a0", "\u202f", "  ", "\n", ". ", " : "])
    pairs = st.lists(st.tuples(french_words(), spaces), max_size=max_words)
    return pairs.map(lambda items: "".join(word + space for word, space in items))


def inline_texts():
    """Titles with asterisks in every position, escaped or not, and signs of HTML."""
    pieces = st.sampled_from(
        ["*", "*", "\\*", " ", "Homo", "é", "<b>", "&", '"', "'", "2", "\\", ":"]
    )
    return st.lists(pieces, max_size=20).map("".join)


def wild_texts(max_size=60):
    """Any text that UTF-8 can hold."""
    return st.text(st.characters(codec="utf-8"), max_size=max_size)


def place_names():
    """Made-up names of communes, as they are officially written."""
    return st.lists(st.sampled_from(_PARTS), min_size=1, max_size=4).map("-".join)


@st.composite
def seances(draw, around=None):
    """A session without fault but, maybe, the hour that clocks skip: whole days or hours."""
    day = draw(days() if around is None else around)
    if draw(st.booleans()):
        last = day + timedelta(days=draw(st.integers(0, 20)))
        return Seance(Moment(day), draw(st.none() | st.just(Moment(last))))
    first, last_hour = sorted((draw(hours()), draw(hours())))
    state = draw(st.sampled_from([None, "annule", "complet"]))
    return Seance(Moment(day, first), draw(st.none() | st.just(Moment(day, last_hour))), state)


@st.composite
def horaires(draw, names=JOURS):
    """A weekly timetable of at most two years."""
    first = draw(days(date(2018, 1, 1), date(2030, 12, 31)))
    last = first + timedelta(days=draw(st.integers(0, 700)))
    start, end = draw(st.sampled_from([(0, 0), (1, 0), (1, 1)]))
    first_hour, last_hour = sorted((draw(hours()), draw(hours())))
    out = draw(st.lists(st.tuples(st.integers(0, 700), st.integers(0, 30)), max_size=4))
    return Horaires(
        du=first,
        au=last,
        tous_les=tuple(draw(st.lists(st.sampled_from(names), max_size=7, unique=True))),
        de=first_hour if start else None,
        a=last_hour if end else None,
        sauf=tuple(
            Periode(first + timedelta(days=at), first + timedelta(days=at + length))
            for at, length in out
        ),
    )


def _last_sunday(year, month):
    last = date(year, month, calendar.monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() + 1) % 7)
