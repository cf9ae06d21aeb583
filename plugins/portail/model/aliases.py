"""Names that other tools give to our keys: understood, with an advice (C205)."""

from __future__ import annotations

from collections.abc import Container, Mapping

from portail.resources import rows

# Foreign keys, each with ours.
ALIASES: Mapping[str, str] = rows("alias")

# OpenAgenda's keys inside ``timings``.
SESSION = {"begin": "debut", "start": "debut", "end": "fin"}
# Foreign keys whose values may be one text, cut at commas or semicolons.
LISTS = frozenset({"tags", "keywords", "authors"})
# Foreign keys of days that may have an hour, which ours have not.
DAYS = frozenset({"date", "modified"})


def aliases_of(fields: Container[str]) -> dict[str, str]:
    """The foreign keys that a kind with these ``fields`` understands → those of its fields that
    they stand for. The « date » of what begins on a day is an error, that its reader says (E214).

    >>> aliases_of({"titre", "debut", "publie_le"})
    {'title': 'titre', 'start': 'debut'}
    """
    return {
        name: target
        for name, target in ALIASES.items()
        if target in fields and not (name == "date" and "debut" in fields)
    }
