"""Addresses of indexes that were."""

from __future__ import annotations

from portail.site.urls import TOOLBOX

FORMER_COMMUNES = "/communes/"
FORMER_NEAR = f"{TOOLBOX}pres-de-chez-moi/"
"""Where indexes of communes were."""
