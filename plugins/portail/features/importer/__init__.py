"""Contents that exist elsewhere become files: ``sources`` is what each format says, ``sites`` the
sites of other generators; the rest is what becomes of it among the contents of the portal."""

from __future__ import annotations

from portail.feature import Feature

feature = Feature(
    name="importer",
    title="Reprendre ce qui existe ailleurs",
    needs=("corriger", "schemas", "tableurs"),
    commands={"importer": "reprend un tableur, un agenda, un flux, une page, un ancien site"},
)
