"""Bilans of the demonstration, looked at by the names of their tables and key figures."""

from functools import cache

from demonstration import ROOT, TODAY, store_of
from plans import Tree
from relecture import communes

STRUCTURES = (
    "la-coupole",
    "ombelliscience",
    "universite-de-picardie-jules-verne",
    "ecomusee-de-l-avesnois",
)
SAINT_OMER = "200069037"
TERRITORIES = {"somme": "80", "pas-de-calais": "62", "ca-pays-de-saint-omer": SAINT_OMER}


@cache
def demonstration():
    """The site of the demonstration with its figures, made once in a process."""
    return Tree(ROOT, store_of(ROOT / "content")).site(day=TODAY, chiffres=True)


def column(bilan, code, rank=0):
    """Values of a column of a table that are not nothing, by row."""
    table = bilan.table(code)
    return (
        {row.label: row.values[rank] for row in table.lignes if row.values[rank]} if table else {}
    )


def key(bilan, label):
    """The value of a key figure."""
    return next(one.value for one in bilan.cles if one.label == label)


def inside(code):
    """INSEE codes of the communes of an EPCI, of a département."""
    column = {9: "epci", 2: "departement"}[len(code)]
    return {one for one, row in communes().items() if row[column] == code}
