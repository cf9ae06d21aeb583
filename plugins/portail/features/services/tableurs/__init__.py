"""Spreadsheets that people send: read within bounds, their columns recognised by our labels; those
that they are given to fill in."""

from portail.feature import Feature

feature = Feature(
    name="tableurs",
    title="Tableurs à remplir, tableurs reçus",
    needs=("schemas",),
)
