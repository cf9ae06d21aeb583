"""Measures of a newsletter, and the French sentences that give editors a reason."""

from __future__ import annotations

from datetime import date, timedelta

from portail.model.kinds import Kind, ranked, where
from portail.site.item import Item
from portail.text.dates import jour

UNE = 5
"""Most lines of « À la une », those of temps forts apart."""
WEEK_END = 8
"""Most lines of this week-end, all départements together."""
A_NOTER = 4
"""Most dates to book or to note."""
CLASSES = 3
"""Most offers for classes."""
ANNONCES = 3
"""Most annonces and fundings that end."""
ASKED = 2
"""Most demandes and questions that wait for an answer."""
LIEUX = 2
"""Most new lieux."""
OUTILS = 2
"""Most new touring tools."""
RELIRE = 3
"""Most older contents of a quiet week."""
PER_SPOT = 2
"""Most lines of a département, this week-end."""
LINES = 20
"""About the most lines of a letter: past it, the week-end keeps one line a département."""
CALM = 15
"""About the most lines of a letter that has nothing recent: past it, what can wait is not told."""
SHORT = 10
"""Lines of a usual letter, up to which a quiet week goes back to older contents."""
QUIET = 8
"""A week that tells fewer lines than this is quiet."""
FEATURED = 2
"""Most contents of « À la une » that are there because they are put forward."""
OF_A_KIND = 2
"""Most new contents of one kind in « À la une », as long as there are others."""

NEXT = timedelta(weeks=1)
"""From a letter to the next one."""
FRESH = timedelta(weeks=4)
"""How long a content without a day to come, which no letter told, is news and may open a letter."""
RECENT = timedelta(days=60)
"""How long what has a day to come, a place or a touring tool is new, if no letter told it."""
YEAR = timedelta(weeks=52)
"""A quiet week may tell again what a letter told so long ago."""
ENDING = timedelta(days=10)
"""An annonce that a letter told is told again if it ends within this time."""
AHEAD = timedelta(days=20)
"""The last day, from Thursday, of the three weeks that the letter looks at."""
OPENS_SOON = timedelta(days=10)
"""Every letter tells a temps fort that opens within this time."""
FAR = timedelta(weeks=6)
"""« À la une » leaves an event that is further away to a later letter, unless its booking ends
before."""
BOOKING = timedelta(days=13)
"""A place that must be booked within this time cannot wait: the letter after next would be too
late."""
ERRATA_WEEKS = 8
"""How many of the last letters are compared with what is so now, to tell their errata."""
DAYS = 8
"""Days of an event that a letter announces, at most: an erratum is about no other."""

NEWS = frozenset(where(lambda info: info.is_subject and not info.actor))
"""What « À la une » tells; lieux and touring tools have a section of their own."""
LASTING = ranked(lambda info: info.lasting)
"""What a quiet week goes back to, in the order in which it prefers them."""

PINNED = "Épinglé par la rédaction."
EXCLUDED = "Exclu par la rédaction."
NOT_PUBLISHED = "Épinglé, mais n’est pas publié."
NOT_HERE = "Épinglé, mais ne concerne pas cette édition."
OVER = "Terminé."
AGED = "Publié il y a plus de quatre semaines."
HELD = "Sa page est annoncée par celle de l’événement qui le contient."
REMINDED = "Dure encore, et une lettre l’a déjà dit."
FULL_UNE = "Faute de place à la une."
CALM_WEEK = "Peut attendre : la semaine est calme, la lettre est courte."
FULL_WEEK_END = "Faute de place ce week-end."
FAR_AWAY = "A lieu dans plus de six semaines."
NO_ROOM = "Complet."
FOR_CLASSES = "Pour les classes seules : dans leur section."
FOR_TRADE = "Pour les professionnels seuls."
FULL_CLASSES = "Faute de place parmi les offres pour les classes."
FULL_AHEAD = "Faute de place parmi les dates à noter."
FULL_ENDING = "Faute de place parmi les annonces qui se terminent."
WAITS = "Attend une réponse."
FULL_ASKED = "Faute de place parmi ce qui attend une réponse."
FULL_NEW = "Faute de place parmi les nouveautés de l’annuaire et du catalogue."


def day_in(day: date, letter: date) -> str:
    """A day as a letter says it: its year is said when it is another."""
    return jour(day, semaine=False, annee=day.year != letter.year)


def past(day: date, letter: date) -> str:
    """Why what was to come is told no more: « Parle d’un jour passé, le 27 septembre. »"""
    return f"Parle d’un jour passé, le {day_in(day, letter)}."


def since(item: Item, letter: date, last: date | None, coming: date | None) -> str:
    """When a new content came out, and why it is still news: « Publié le 27 septembre, il y a moins
    de quatre semaines, depuis la dernière lettre. »; what is older, for its day that is
    ``coming``."""
    entry = item.entry
    assert entry.publie_le is not None
    day = day_in(entry.publie_le, letter)
    if entry.kind is Kind.LIEU:
        return f"Entré dans l’annuaire le {day}."
    if getattr(entry, "itinerante", False):
        return f"Entré dans le catalogue le {day}."
    why = "il y a moins de quatre semaines"
    if coming and entry.publie_le < letter - FRESH:
        why = f"pour le {day_in(coming, letter)}"
    sent = "depuis la dernière lettre" if last and entry.publie_le >= last else ""
    sent = sent or ("dans aucune lettre jusqu’ici" if last else "")
    return f"{', '.join(filter(None, (f'Publié le {day}', why, sent)))}."
