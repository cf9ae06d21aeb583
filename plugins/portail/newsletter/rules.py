"""How much a letter tells and how far it looks: the one place of its measures."""

from __future__ import annotations

from datetime import timedelta

from portail.model.kinds import Kind

__all__ = [
    "AHEAD",
    "ANNONCES",
    "A_NOTER",
    "BOOKING",
    "DAYS",
    "ENDING",
    "ERRATA_WEEKS",
    "FEATURED",
    "LASTING",
    "LIEUX",
    "LINES",
    "NEWS",
    "OF_A_KIND",
    "OUTILS",
    "PER_SPOT",
    "QUIET",
    "RECENT",
    "RELIRE",
    "SHORT",
    "UNE",
    "WEEK_END",
    "YEAR",
]  # fmt: skip

UNE, WEEK_END, A_NOTER, ANNONCES, LIEUX, OUTILS, RELIRE = 5, 8, 4, 3, 2, 2, 3
"""Most lines of each section."""
PER_SPOT = 2
"""Most lines of a département, this week-end."""
LINES = 20
"""About the most lines of a letter: past it, the week-end keeps one line a département."""
SHORT = 10
"""Lines of a usual letter, up to which a quiet week goes back to older contents."""
QUIET = 8
"""A week that tells fewer lines than this is quiet."""
FEATURED = 2
"""Most contents of « À la une » that are there because they are put forward."""
OF_A_KIND = 2
"""Most new contents of one kind in « À la une », as long as there are others."""

RECENT = timedelta(days=60)
"""How long a content that no letter told is news."""
YEAR = timedelta(weeks=52)
"""After how long a quiet week may go back to what a letter told."""
ENDING = timedelta(days=10)
"""How soon an annonce that is told again ends."""
AHEAD = timedelta(days=20)
"""The last day, from Thursday, of the three weeks that the letter looks at."""
BOOKING = timedelta(days=13)
"""How soon a place must be booked: before the letter after next goes out."""
ERRATA_WEEKS = 8
"""How many sent letters what has changed since is told of."""
DAYS = 8
"""Most days of an event that a letter announces: the ones that it can be wrong about."""

NEWS = frozenset(set(Kind) - {Kind.LIEU, Kind.AUTEUR, Kind.NEWSLETTER, Kind.PAGE})
"""What « À la une » tells; lieux and touring tools have a section of their own."""
LASTING = (
    Kind.ARTICLE, Kind.DOSSIER, Kind.RESSOURCE, Kind.PROJET, Kind.COMMUNAUTE, Kind.TERRITOIRE,
    Kind.LIEU,
)  # fmt: skip
"""What a quiet week goes back to, in the order in which it prefers them."""
