"""Figures of a year: tables that pages, prints, commands and tables for spreadsheets show."""

from portail.feature import Feature

feature = Feature(
    name="bilans",
    title="Tables de chiffres, et pages qui les montrent",
    needs=("editions", "fiches"),
)
