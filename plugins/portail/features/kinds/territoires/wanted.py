"""What readers look for in the page of a territory, the most useful first."""

from __future__ import annotations

from portail.site.kind_tables import Wanted

WANTED_FIELDS = (Wanted(("chiffres",), "le portrait commence par là"),)
