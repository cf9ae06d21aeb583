"""What readers look for in an article, the most useful first."""

from __future__ import annotations

from portail.site.kind_tables import Wanted

WANTED_FIELDS = (Wanted(("themes",), "sans thème, il n’est lu que le jour où il paraît"),)
