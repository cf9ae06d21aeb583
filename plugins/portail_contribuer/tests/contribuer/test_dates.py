"""Dates, hours, keys and slugs of the form's scripts: those of Python."""

import random
from datetime import date, datetime, time, timedelta

import pytest
from en_tetes import DAYS, HOSTILE, HOURS

from doses import LONG, dose
from portail.agenda.occurrences import exists
from portail.clock import set_portal_zone
from portail.text.dates import heure, jour, moment_phrase, suggested_date, suggested_time
from portail.text.normalise import fold, is_slug, name_key, slugify
from portail.text.suggest import nearest

pytestmark = pytest.mark.chromium

SIGNS = "aeé lsq'’-–/._0123 \u00a0\u202fœÉßİ🌟«»ÀçñŁ2021h:"
JOINS = (" ", "T", " à ", ", ", " vers ", " de ", "@", "")
SAID = """async ([textes, moments]) => {
  const dates = await import('/theme/js/contribuer-dates.js');
  const { plier, cle, slug, estSlug } = await import('/theme/js/contribuer-proches.js');
  const tous = [dates.proposer, dates.proposerHeure, plier, cle, slug, estSlug];
  return [
    textes.map((un) => tous.map((faire) => faire(un))),
    moments.map(([debut, fin]) => dates.dire(debut, fin)),
  ];
}"""
CLOCKS = """async (moments) => {
  const dates = await import('/theme/js/contribuer-dates.js');
  const court = { semaine: false, annee: false };
  return moments.map(([jour, heure]) => [dates.existe(jour, heure), dates.direJour(jour),
    dates.direJour(jour, court), dates.direHeure(heure), dates.semaine(jour),
    dates.apres(jour, 40)]);
}"""


def typed():
    chance = random.Random(4)
    yield from (*DAYS, *HOURS, *HOSTILE, "midi", "minuit", "le 1er août 2021 à minuit", "24h")
    for _ in range(2500):
        day = date(chance.randint(1, 2100), 1, 1) + timedelta(days=chance.randint(0, 365))
        forms = (
            f"{day.day}/{day.month}/{day.year}",
            f"{day:%d.%m.%y}",
            jour(day),
            f"{day:%Y %m %d}",
        )
        clock = (*HOURS, "14 heures 30", "9h05min", "14:00:00.5Z", "18h-20h", "midi", "7 h")
        yield chance.choice((*forms, *DAYS)) + chance.choice(("", *JOINS)) + chance.choice(clock)
        yield "".join(chance.choices(SIGNS, k=chance.randint(1, 90)))


def moments():
    """Starts and ends, both days or both instants, in order."""
    chance = random.Random(5)
    for _ in range(600):
        first = date(2021, 1, 1) + timedelta(days=chance.randint(0, 800))
        last = first + timedelta(days=chance.choice((0, 0, 1, 2, 6, 7, 40, 400)))
        if chance.random() < 0.4:
            yield first, chance.choice((None, last))
            continue
        start = datetime.combine(first, time(chance.randint(0, 23), chance.choice((0, 5, 30))))
        end = start + timedelta(minutes=chance.choice((0, 45, 120, 600, 1439, 1440, 5000)))
        yield start, chance.choice((None, end))


def written(moment):
    if isinstance(moment, datetime):
        return f"{moment:%Y-%m-%d %H:%M}"
    return moment.isoformat() if moment else None


@pytest.mark.long
def test_dates_and_names_are_read_and_said_alike(page):
    texts, times = [*dict.fromkeys(typed())], [*moments()]
    read, said = page.evaluate(SAID, [texts, [[written(one) for one in pair] for pair in times]])
    expected = [
        [
            suggested_date(one),
            suggested_time(one),
            fold(one),
            name_key(one),
            slugify(one),
            is_slug(one),
        ]
        for one in texts
    ]
    other = [row for row in zip(texts, expected, read, strict=True) if row[1] != row[2]]
    assert other[:10] == [], len(other)
    assert sum(row[0] is not None for row in expected) > 500
    phrases = [moment_phrase(*pair) for pair in times]
    assert [row for row in zip(times, phrases, said, strict=True) if row[1] != row[2]][:10] == []


def test_clocks_of_paris(page):
    days = [
        date(year, month, day)
        for year in range(1990, 2101, dose(4, 1))
        for month in (3, 10)
        for day in range(24, 32)
    ]
    times = [(day, hour) for day in days for hour in (time(1, 59), time(2), time(2, 59), time(3))]
    found = page.evaluate(CLOCKS, [[day.isoformat(), f"{hour:%H:%M}"] for day, hour in times])
    for (day, hour), row in zip(times, found, strict=True):
        later = (day + timedelta(days=40)).isoformat()
        short = jour(day, semaine=False, annee=False)
        assert row == [exists(day, hour), jour(day), short, heure(hour), day.weekday(), later]


ELSEWHERE = """async ([zone, moments]) => {
  document.documentElement.dataset.fuseau = zone;
  const { existe } = await import(`/theme/js/contribuer-dates.js?${zone}`);
  return moments.map(([jour, heure]) => existe(jour, heure));
}"""


@pytest.mark.parametrize("zone", ["Indian/Reunion", "America/Miquelon", "Australia/Lord_Howe"])
def test_clocks_of_elsewhere(page, zone):
    year = [date(2021, 1, 1) + timedelta(days=count) for count in range(365)]
    # The clocks of Miquelon and of Lord Howe change in the first half of these months.
    days = [day for day in year if LONG or (day.month in (3, 4, 10, 11) and day.day < 16)]
    times = [(day, time(hour, minute)) for day in days for hour in (1, 2, 3) for minute in (0, 45)]
    moments = [[day.isoformat(), f"{hour:%H:%M}"] for day, hour in times]
    set_portal_zone(zone)
    try:
        shown = page.evaluate(ELSEWHERE, [zone, moments])
        assert shown == [exists(*one) for one in times]
    finally:
        set_portal_zone(None)


def test_what_is_near_a_word(page):
    names = "la-coupole couple ecole titre tarif tarifs musee-de-picardie Musée".split()
    words = ["tarrif", "coupole", "la coupol", "musee", "musée picardie", "x", "", "ti"]
    ask = """async ([mots, noms]) => {
      const { proches } = await import('/theme/js/contribuer-proches.js');
      return mots.map((mot) => proches(mot, noms));
    }"""
    assert page.evaluate(ask, [words, names]) == [[*nearest(word, names)] for word in words]


PERIODS = """async (textes) => {
  const { direPeriode, periodeDe } = await import('/theme/js/contribuer-dates.js');
  return textes.map((un) => [periodeDe(un), direPeriode(un), periodeDe(direPeriode(un))]);
}"""


def test_a_day_or_a_period_is_read_as_people_say_it(page):
    said = {
        "du 1er au 7 novembre 2027": "2027-11-01..2027-11-07",
        "1/11/2027 - 7/11/2027": "2027-11-01..2027-11-07",
        "Du lundi 25 octobre au dimanche 7 novembre 2027": "2027-10-25..2027-11-07",
        "28 décembre au 3 janvier 2028": "2027-12-28..2028-01-03",
        "du 28 décembre 2027 au 3 janvier 2028": "2027-12-28..2028-01-03",
        "2027-11-01..2027-11-07": "2027-11-01..2027-11-07",
        "le 11 novembre 2027": "2027-11-11",
        "du 7 au 1er novembre 2027": None,
        "du 1er au 7 novembre": None,
        "la Toussaint": None,
        "lundi 11 novembre 2027": None,
        "du 1er au 7 au 9 novembre 2027": None,
        "2027-11-01 14:00..2027-11-07": None,
        "": None,
    }
    assert [one for one, *_ in page.evaluate(PERIODS, [*said])] == [*said.values()]


def test_a_period_is_said_so_that_it_is_read_again(page):
    days = [date(2027, 12, 20) + timedelta(days=gap) for gap in range(0, 400, 7)]
    periods = [f"{one}..{one + timedelta(days=gap)}" for one in days for gap in (1, 9, 40, 380)]
    for written, (read, said, again) in zip(periods, page.evaluate(PERIODS, periods), strict=True):
        assert read == again == written, said
        assert ".." not in said


@pytest.mark.parametrize("written", ["2027-02-30", "2027-11-07..2027-11-01", "noël", "a..b..c"])
def test_what_is_no_period_is_said_as_it_is_written(written, page):
    ((_, said, _),) = page.evaluate(PERIODS, [written])
    assert said == written


FIELD = """async (valeurs) => {
  const { ecrire, lire } = await import('/theme/js/contribuer-saisies.js');
  const champ = document.createElement('div');
  champ.dataset.saisie = 'periodes';
  champ.append(document.createElement('input'));
  ecrire(champ, valeurs);
  const tel = lire(champ);
  while (champ.firstChild.value.includes('..')) await new Promise(requestAnimationFrame);
  const dit = champ.firstChild.value;
  champ.firstChild.value += ' ; à Noël';
  return [tel, dit, lire(champ)];
}"""


def test_a_field_of_periods_shows_words_and_keeps_what_a_file_has(page):
    written = ["2027-11-01..2027-11-07", "2027-11-11"]
    before, said, kept = page.evaluate(FIELD, written)
    assert before == written
    assert said == "du 1er au 7\u00a0novembre 2027 ; le 11\u00a0novembre 2027"
    assert kept == [*written, "à Noël"], "what is not understood is told by the check"
