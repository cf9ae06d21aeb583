"""Loans of touring tools: which copies are out, which are free, day by day."""

from portail.feature import Feature

feature = Feature(name="prets", title="Prêts d’outils")
