"""Queries as the public types them, and the contents that answer them."""

from typing import NamedTuple

import yaml

from checkout import ROOT

FOLDER = ROOT / "plugins/portail_recherche/tests"
TUNED, KEPT, SENTENCES = "requetes", "reserve", "phrases"
"""The set that the ranking is tuned on; the one that it never is; sentences, and pages that no
content tells (by their address)."""
FIRST = 3
"""An answer counts when it is among so many."""


class Query(NamedTuple):
    """What is typed; of which sort it is; references of which one must be found first."""

    text: str
    sort: str
    expected: tuple


class Judged(NamedTuple):
    """A set of queries once answered."""

    found: int
    """How many have an expected answer among the first three."""
    total: int
    reciprocal: float
    """Mean of 1 / rank of the first expected answer (MRR)."""
    missed: tuple
    """A line for each query without one."""

    @property
    def success(self):
        """Share of the queries that are answered."""
        return self.found / self.total


def queries(name):
    """The queries of a file of ``plugins/portail_recherche/tests/``."""
    lines = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return tuple(Query(one["q"], one["sorte"], tuple(one["attendu"])) for one in lines)


def judge(asked, answers):
    """Compare the references that answer each text, in order, with those expected."""
    asked = tuple(asked)
    ranks = {one.text: _rank(one, answers.get(one.text, ())) for one in asked}
    missed = tuple(
        f"{one.text}: {rank or 'never'}; first {', '.join(answers.get(one.text, ())[:FIRST])}"
        for one in asked
        if not 0 < (rank := ranks[one.text]) <= FIRST
    )
    reciprocal = sum(1 / rank for rank in ranks.values() if rank) / len(asked)
    return Judged(len(asked) - len(missed), len(asked), reciprocal, missed)


def _rank(query, answers):
    """Rank of the first expected answer, from 1; 0 when there is none."""
    return next((at for at, one in enumerate(answers, 1) if one in query.expected), 0)
