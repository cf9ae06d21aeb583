"""Measures of a letter, and the French sentences that give editors a reason."""

from __future__ import annotations

from datetime import date, time, timedelta

from portail.model.kinds import ranked, where
from portail.text.dates import jour

# Most things that a letter tells.
THINGS = 10
# Things up to which a quiet week goes back to older contents.
QUIET = 5
# Most letters that tell one content: once ahead, once in its own week.
TOLD = 2
# Most contents in the line of what comes back.
OF_THE_SEASON = 2
# Most places of those that are open at the week-end; a letter of ten things names one.
OPEN = 3
# Rendez-vous that a temps fort holds when a letter tells it; those of a smaller one tell
# themselves.
WORTH_OPENING = 5
# Rendez-vous by which a temps fort is told as one; most of those of an event that a letter tells
# without it.
SEVERAL = 2
# Days of the week that a place is open, at least, when a letter names it.
MOST_DAYS = 5
# Letters that are compared with what is so now, to tell their errata.
ERRATA_WEEKS = 8
# Days of an event that a letter announces, at most: an erratum is about no other.
DAYS = 8

# When a letter goes out, on its Thursday, on the clock of the portal.
HOUR = time(8)
DAY = timedelta(days=1)
# How long a place that a letter named waits before the next one.
ROUND = timedelta(weeks=6)
# From a letter to the next one.
WEEK = timedelta(weeks=1)
# How long a content that no letter told is news; what comes back is told again after it.
MONTH = timedelta(weeks=4)
# A quiet week may tell again what a letter told so long ago.
YEAR = timedelta(weeks=52)
# What ends, or opens, within this time presses.
SOON = timedelta(days=10)
# The last day, from Thursday, of the three weeks that the letter looks at.
AHEAD = timedelta(days=20)

# What « À savoir » tells.
NEWS = where(lambda info: info.is_subject and not info.actor and not info.dated)
# What a quiet week goes back to, in the order in which it prefers them.
LASTING = ranked(lambda info: info.lasting)

EXCLUDED = "Exclu par la rédaction."
NOT_PUBLISHED = "Épinglé, mais n’est pas publié."
OVER = "Épinglé, mais passé ou annulé à l’heure de l’envoi."
NOT_HERE = "Épinglé, mais ne concerne pas cette édition."
FOR_CLASSES = "Pour les classes seules."
FOR_TRADE = "Pour les professionnels seuls."
HELD = "Sa page est annoncée par celle de l’événement qui le contient."
SAME = "La lettre parle déjà de ce sujet."
FULL = "Faute de place."


def day_in(day: date, letter: date) -> str:
    """A day as a letter says it: its year is said when it is another."""
    return jour(day, semaine=False, annee=day.year != letter.year)
