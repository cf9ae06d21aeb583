"""Where the project is."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_CORE = ("portail_pelican", "portail_plume", "portail_poste", "portail_publication")
_ROOTS = re.findall(
    r"^    (portail_\w+)$", (ROOT / ".importlinter").read_text("utf-8"), re.MULTILINE
)
PACKAGES = sorted({*_ROOTS} - {*_CORE})
"""Packages that may be taken away."""
