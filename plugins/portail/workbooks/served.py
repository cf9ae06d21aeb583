"""What the contribution form reads of the columns of a spreadsheet: the table, not a copy of it.

``js/contribuer-colonnes.js`` recognises with it the heads of a sheet that is dropped on a form, as
``Form.column`` does.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from portail.codes import all_codes
from portail.model.kinds import Kind
from portail.text.place import PLACE, Place
from portail.workbooks.columns import Form
from portail.workbooks.models import example_cell

SERVED = {Kind.EVENT: "evenements", Kind.LIEU: "lieux", Kind.RESSOURCE: "outils"}
"""The spreadsheet that the form of a kind reads."""
_LOANS = "prets"
"""That of loans, which has no form: it goes with the resources."""
NAMESPACE = "tableur"
"""The key of ``ids_externes`` that holds the identifier of a row."""
_CODES = ("E137", "E145", "E146", "E147", "E148", "E149")
"""What may be wrong with a cell and is no fault of a front matter."""


def served(sans: Container[str]) -> tuple[str, ...]:
    """The spreadsheets of a portal without the kinds of some folders (``SiteConfig.sans``)."""
    found = tuple(name for kind, name in SERVED.items() if kind.value not in sans)
    return (*found, _LOANS) if Kind.RESSOURCE.value not in sans else found


def columns_table(form: Form, place: Place = PLACE) -> dict[str, Any]:
    """``colonnes``: labels by column, in order; ``noms``: columns by what a head may say
    (``name_key``); ``laisses``: heads that fill nothing, ``seconds``:
    where another says the same; ``exige``: lists of columns, one of each
    of which a sheet has; ``exemple``: the cells of the row of the template, at ``place``;
    ``espace``: where an identifier is kept; ``phrases``: message and remedy of the codes of
    cells."""
    return {
        "version": 1,
        "colonnes": {one.name: one.label for one in form.columns},
        "noms": {head: one.name for head, one in form.known.items()},
        "laisses": sorted(form.left),
        "seconds": sorted(form.second),
        "exige": [list(one) for one in form.told.exige],
        "exemple": {one.name: example_cell(form, one, place) for one in form.columns},
        "espace": NAMESPACE,
        "phrases": {code: [all_codes()[code].message, all_codes()[code].hint] for code in _CODES},
    }
