"""Dates in words: a date that is understood used every word of its text; else the text is refused,
with the word that was not read and what to write."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from doses import cases
from portail.text.dates import JOURS, MOIS
from portail_importer.importer.when import When, read_words
from portail_importer.importer.when_parts import EXAMPLE, NotRead

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


@cases(
    ("text", "expected"),
    [
        # Days of the week of a period.
        ("les mardis du 5 au 26 janvier 2027, 18h30-20h", "05/01..26/01 mar 18:30-20:00"),
        ("mardis du 5 au 26 janvier 2027", "05/01..26/01 mar"),
        ("Mardi, du 5 au 26 janvier 2027", "05/01..26/01 mar"),
        ("les dimanches du 10/01/2027 au 31/01/2027", "10/01..31/01 dim"),
        ("chaque jeudi du 7 au 28 janvier 2027 de 14 h à 17 h 30", "07/01..28/01 jeu 14:00-17:30"),
        ("tous les samedis de janvier 2027", "01/01..31/01 sam"),
        ("tous les samedis de janvier à mars 2027", "01/01..31/03 sam"),
        ("les samedis de janvier et février 2027 à 14.30", "01/01..28/02 sam 14:30"),
        ("les samedis de décembre 2026 à janvier 2027", "01/12/26..31/01 sam"),
        ("les mercredis et samedis du 6 au 30 janvier 2027", "06/01..30/01 mer,sam"),
        ("le mercredi et le samedi, du 6 au 30 janvier 2027, 15h", "06/01..30/01 mer,sam 15:00"),
        (
            "du mardi au dimanche, du 5 janvier au 28 février 2027, 10h-18h",
            "05/01..28/02 mar,mer,jeu,ven,sam,dim 10:00-18:00",
        ),
        ("du 5 au 31 janvier 2027, du lundi au vendredi", "05/01..31/01 lun,mar,mer,jeu,ven"),
        ("lundi-vendredi, du 4 au 29 janvier 2027", "04/01..29/01 lun,mar,mer,jeu,ven"),
        ("du vendredi au lundi du 8 au 25 janvier 2027", "08/01..25/01 lun,ven,sam,dim"),
        ("les week-ends du 9 au 31 janvier 2027", "09/01..31/01 sam,dim"),
        (
            "en semaine, du 4 au 29 janvier 2027, 9h-12h",
            "04/01..29/01 lun,mar,mer,jeu,ven 09:00-12:00",
        ),
        ("tous les jours du 5 au 9 janvier 2027 à 14h", "05/01..09/01 14:00"),
        (
            "du mardi au vendredi 14h-18h, samedi 10h-18h, du 5 au 30 janvier 2027",
            "05/01..30/01 mar,mer,jeu,ven 14:00-18:00; 05/01..30/01 sam 10:00-18:00",
        ),
        ("les mardis à partir du 5 janvier jusqu’au 26 janvier 2027", "05/01..26/01 mar"),
        (
            "du 5 au 26 janvier 2027 : mardi 14h-16h, jeudi 10h-12h",
            "05/01..26/01 mar 14:00-16:00; 05/01..26/01 jeu 10:00-12:00",
        ),
        # Days as cells of a table say them.
        ("09/01/2027", "09/01"),
        ("SAMEDI 9 JANVIER 2027 DE 14H À 16H", "09/01 14:00-16:00"),
        ("5, 6 et 12 janv. 2027 à 14h30", "05/01 14:30; 06/01 14:30; 12/01 14:30"),
        ("du 28 décembre au 3 janvier 2027", "28/12/26..03/01"),
        ("9-12 janvier 2027", "09/01..12/01"),
        ("Sam. 9 janvier 2027 (14h)", "09/01 14:00"),
        ("9 janvier 2027 14h-16h\n10 janvier 2027 10h", "09/01 14:00-16:00; 10/01 10:00"),
        ("9 janvier 2027 14h - 10 janvier 2027 18h", "09/01..10/01 14:00-18:00 d’un trait"),
        ("vendredi 1er janvier", "01/01"),
        ("sam. 09/01/27", "09/01"),
        ("14 h 30", "14:30"),
        ("toute la journée", ""),
        ("9 janvier", "E145"),
        ("9/10", "E145"),
        ("14h/16h", "E145"),
        ("31/09/2027", "E147"),
        ("10/25/2027", "E147"),
        ("25h", "E147"),
        ("bientôt", "E147"),
        ("12", "E147"),
        # What is left out.
        ("du 5 au 31 janvier 2027 sauf lundi", "05/01..31/01 mar,mer,jeu,ven,sam,dim"),
        (
            "du 5 au 31 janvier 2027 (fermé le lundi), 14h",
            "05/01..31/01 mar,mer,jeu,ven,sam,dim 14:00",
        ),
        ("du 5 au 31 janvier 2027, hors samedi et dimanche", "05/01..31/01 lun,mar,mer,jeu,ven"),
        (
            "tous les jours sauf le mardi, du 5 au 31 janvier 2027",
            "05/01..31/01 lun,mer,jeu,ven,sam,dim",
        ),
        (
            "du 19 décembre 2026 au 3 janvier 2027, sauf le 25 décembre",
            "19/12/26..03/01 sauf 25/12/26",
        ),
        (
            "du 19 décembre 2026 au 3 janvier 2027, sauf les 25 décembre et 1er janvier, 14h-18h",
            "19/12/26..03/01 14:00-18:00 sauf 25/12/26 01/01",
        ),
        ("les mardis du 5 au 26 janvier 2027 sauf le 12", "05/01..26/01 mar sauf 12/01"),
        ("du 5 au 31 janvier 2027, relâche du 11 au 13", "05/01..31/01 sauf 11/01..13/01"),
        (
            "du 5 au 31 janvier 2027 sauf le lundi et le 23 janvier",
            "05/01..31/01 mar,mer,jeu,ven,sam,dim sauf 23/01",
        ),
        # Lists, periods, moments.
        ("les 5, 12 et 19 janvier 2027", "05/01; 12/01; 19/01"),
        ("les mardis 5, 12 et 19 janvier 2027 à 14h", "05/01 14:00; 12/01 14:00; 19/01 14:00"),
        (
            "le 9 et le 16 janvier 2027 à 14h et 16h",
            "09/01 14:00; 09/01 16:00; 16/01 14:00; 16/01 16:00",
        ),
        ("samedi 9 et dimanche 10 janvier 2027", "09/01; 10/01"),
        ("les 30 et 31 décembre et 2 janvier 2027", "30/12/26; 31/12/26; 02/01"),
        (
            "du lundi 4 au vendredi 8 janvier 2027, 9h-12h et 14h-17h",
            "04/01..08/01 09:00-12:00; 04/01..08/01 14:00-17:00",
        ),
        ("du 5 au 8 et du 12 au 15 janvier 2027", "05/01..08/01; 12/01..15/01"),
        (
            "du vendredi 8 janvier 2027 20h au dimanche 10 janvier 2027 18h",
            "08/01..10/01 20:00-18:00 d’un trait",
        ),
        ("14h le 9 janvier 2027, 16h le 10 janvier 2027", "09/01 14:00; 10/01 16:00"),
        ("samedi 9 janvier", "09/01"),
        ("vendredi 8 janvier 2027 à 20h, samedi 9 à 16h", "08/01 20:00; 09/01 16:00"),
        ("8 janvier 2027 à 20h et 9 février à 16h", "08/01 20:00; 09/02 16:00"),
        ("8 octobre 2027 à 20h et 9 mars à 16h", "E145"),
        ("28 janvier 2027 à 20h, 3 à 16h", "E147"),
        ("les 28 et 3 février 2027", "E147"),
        # Hours.
        ("samedi 9 janvier 2027, 20h-2h", "09/01 20:00-02:00"),
        ("9 janvier 2027 à 14.30", "09/01 14:30"),
        ("9 janvier 2027 de 14.30 à 16.05", "09/01 14:30-16:05"),
        ("9 janvier 2027 14h (durée 1h30)", "09/01 14:00-15:30"),
        ("9 janvier 2027 à 14 h, durée : 90 min", "09/01 14:00-15:30"),
        ("9 janvier 2027, 14h et 16h (durée 45 minutes)", "09/01 14:00-14:45; 09/01 16:00-16:45"),
        ("9 janvier 2027 de 10h à 18h en continu", "09/01 10:00-18:00"),
        ("9 janvier 2027, en continu de 10h à 18h", "09/01 10:00-18:00"),
        ("9 janvier 2027 à partir de 14 h jusqu’à 16 h", "09/01 14:00-16:00"),
        ("9 janvier 2027 de midi à 14h", "09/01 12:00-14:00"),
        ("9 janvier 2027 de 20h à minuit", "09/01 20:00-00:00"),
        ("9 janvier 2027, 20h-24h", "09/01 20:00-00:00"),
        ("14h le 9 et le 10 janvier 2027", "09/01 14:00; 10/01 14:00"),
        ("de 10 à 12h et de 14h à 18h30", "10:00-12:00; 14:00-18:30"),
        ("Quand : samedi 9 janvier 2027. Horaire : 14h.", "09/01 14:00"),
        # Instants of machines.
        ("2027-01-09T14:00:00+01:00", "09/01 14:00"),
        ("2027-01-09T13:00:00.000Z", "09/01 14:00"),
        ("2027-01-09 14:00:00+01", "09/01 14:00"),
        ("2027-01-09T08:00:00-05:00", "09/01 14:00"),
        ("2027-01-09T23:30:00Z", "10/01 00:30"),
        ("2027-01-09T14:00:00", "09/01 14:00"),
        ("2027-01-09 14:00-16:00", "09/01 14:00-16:00"),
        ("2027-01-09T13:00:00Z/2027-01-09T15:00:00Z", "09/01 14:00-16:00"),
        ("2027-01-09T13:00Z -> 2027-01-10T15:00Z", "09/01..10/01 14:00-16:00 d’un trait"),
        # An end is missing: another cell may say it.
        ("jusqu’au 28 février 2027", "28/02; manque start"),
        ("à partir du 9 janvier 2027", "09/01; manque end"),
        ("À COMPTER DU 9 JANVIER 2027", "09/01; manque end"),
        ("depuis le 9 janvier 2027", "09/01; manque end"),
        ("du 9 janvier 2027", "09/01; manque end"),
        ("les mardis à partir du 5 janvier 2027", "05/01 mar; manque end"),
        # Several meanings.
        ("lundi 9 janvier 2027", "E145"),
        ("les mardis 5, 12 et 20 janvier 2027", "E145"),
        ("05/01/27", "E145"),
        ("les mardis du 5 au 26 janvier", "E145"),
        ("9 janvier 2027 14h/16h", "E145"),
        ("9 janvier 2027 14h (1h30)", "E145"),
        ("9 janvier 2027, 16h et 14h", "E145"),
        ("9.10", "E145"),
        ("9 janvier 2027 à minuit", "E145"),
        ("9 janvier 2027 à 24 h", "E145"),
        ("9 janvier 2027, 24:00", "E145"),
        ("du 5 au 31 janvier 2027 sauf lundi 14h-18h", "E145"),
        ("9 janvier 2027 14h, 10 janvier 2027", "E145"),
        # Not read whole.
        ("tous les mardis", "E147"),
        ("du mardi au dimanche 10 janvier 2027", "E147"),
        ("le premier samedi de janvier 2027", "E147"),
        ("un mardi sur deux du 5 au 26 janvier 2027", "E147"),
        ("les mardis du 5 au 26 janvier 2027 hors vacances scolaires", "E147"),
        ("du 5 au 26 janvier 2027 sauf jours fériés", "E147"),
        ("du 5 au 26 janvier 2027 sauf le 28 janvier", "E147"),
        ("les mardis du 5 au 26 janvier 2027 sauf le lundi", "E147"),
        ("les mardis du 6 au 7 janvier 2027", "E147"),
        ("les mardis, samedi 9 janvier 2027", "E147"),
        ("janvier 2027", "E147"),
        ("9 janvier 2027 vers 14h", "E147"),
        ("9 janvier 2027 le matin", "E147"),
        ("9 janvier 2027 jusqu’à 18h", "E147"),
        ("9 janvier 2027 en continu", "E147"),
        ("9 janvier 2027 (durée 1h30)", "E147"),
        ("31 septembre 2027", "E147"),
        ("9 octobre 0021", "E147"),
        ("tous les jours du 1er janvier 1901 au 31 décembre 2099", "E147"),
        ("nuit du 9 au 10 janvier 2027", "E147"),
        ("20h 9 janvier 2027 (14h)", "E147"),
        ("2027-01-09T14:00:00+29:00", "E147"),
        ("9 janvier 2027 et", "E147"),
        ("du 26 au 5 janvier 2027", "E213"),
    ],
)
def test_what_french_programmes_say(text, expected):
    assert said(text) == expected


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
