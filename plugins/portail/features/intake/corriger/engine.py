"""What ``portail check --corriger`` writes in a text: what a diagnostic says to write, where nobody
could mean something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from portail.diagnostics import Diagnostic
from portail.source.loader import SourceFile

from . import fields
from .sheet import Edit, Sheet, apart

# Gives the edits that mend one diagnostic, made together; none when the meaning is unsure.
Repair = Callable[[Sheet, Diagnostic], list[Edit]]

# Codes whose faults hold what is to be written.
_FIXED = ("C205 C206 C280 C282 C406 E203 E204 E208 E210 E211 E214 E219 E233 E240 E411 E412").split()

REPAIRS: Mapping[str, Repair] = {
    "C284": fields.spelled,
    "E102": fields.hidden_character,
    "E106": fields.double_key,
    "E115": fields.first_fence,
    **dict.fromkeys(_FIXED, fields.sure_proposal),
    "E206": fields.empty_key,
    "E238": fields.double_value,
    "E313": fields.heading_levels,
    "E314": fields.heading_levels,
    "E316": fields.without_scheme,
}

# Of the diagnostics of a file that is written to keep us busy.
_MOST = 200


class Mended(Struct, frozen=True):
    """The bytes of a file after its repairs, and the number of these by code of diagnostic."""

    data: bytes
    done: Counter[str]


def mend(
    data: bytes, file: SourceFile, items: Sequence[Diagnostic], *, likely: bool = False
) -> Mended:
    """``data``, the bytes of ``file``, without the faults that ``items`` say and that can be mended
    together; with ``likely``, what may be meant is written too."""
    try:
        sheet = Sheet(file, data.decode("utf-8"))
    except UnicodeDecodeError:
        return Mended(data, Counter())
    proposed: list[tuple[str, list[Edit]]] = []
    for item in items[:_MOST]:
        # The example of a missing field (E201), copied, would announce what nobody wrote.
        edits = []
        if likely and item.code != "E201":
            edits = fields.proposal(sheet, item)
        if not edits and item.code in REPAIRS:
            edits = REPAIRS[item.code](sheet, item)
        if edits:
            proposed.append((item.code, edits))
    ranks = apart([edits for _, edits in proposed])
    written = set(chain.from_iterable(proposed[rank][1] for rank in ranks))
    # One outline mends several headings: all of them count.
    done = Counter(code for code, edits in proposed if written.issuperset(edits))
    return Mended(sheet.mended(written).raw.encode(), done)
