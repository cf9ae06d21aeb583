"""French sentences that tell the editor why a content is in, or is not."""

from __future__ import annotations

from datetime import date

from portail.model.kinds import Kind
from portail.site.item import Item
from portail.text.dates import jour

__all__ = [
    "EXCLUDED", "FULL_AHEAD", "FULL_ENDING", "FULL_NEW", "FULL_UNE", "FULL_WEEK_END", "HELD",
    "NOT_HERE", "NOT_PUBLISHED", "OVER", "PINNED", "REMINDED", "already", "day_in", "since",
]  # fmt: skip

PINNED = "Épinglé par la rédaction."
EXCLUDED = "Exclu par la rédaction."
NOT_PUBLISHED = "Épinglé, mais n’est pas publié."
NOT_HERE = "Épinglé, mais ne concerne pas cette édition."
OVER = "Terminé."
HELD = "Sa page est annoncée par celle de l’événement qui le contient."
REMINDED = "Dure encore, et une lettre l’a déjà dit."
FULL_UNE = "Faute de place à la une."
FULL_WEEK_END = "Faute de place ce week-end."
FULL_AHEAD = "Faute de place parmi les dates à noter."
FULL_ENDING = "Faute de place parmi les annonces qui se terminent."
FULL_NEW = "Faute de place parmi les nouveautés de l’annuaire et du catalogue."


def day_in(day: date, letter: date) -> str:
    """A day as a letter says it: its year is said when it is another."""
    return jour(day, semaine=False, annee=day.year != letter.year)


def already(day: date, letter: date) -> str:
    """« Déjà dans la lettre du 23 septembre. »"""
    return f"Déjà dans la lettre du {day_in(day, letter)}."


def since(item: Item, letter: date, last: date | None) -> str:
    """When a new content came out: « Publié le 27 septembre, depuis la dernière lettre. »"""
    entry = item.entry
    assert entry.publie_le is not None
    day = day_in(entry.publie_le, letter)
    if entry.kind is Kind.LIEU:
        return f"Entré dans l’annuaire le {day}."
    if getattr(entry, "itinerante", False):
        return f"Entré dans le catalogue le {day}."
    if last is None:
        return f"Publié le {day}."
    if entry.publie_le < last:
        return f"Publié le {day}, dans aucune lettre jusqu’ici."
    return f"Publié le {day}, depuis la dernière lettre."
