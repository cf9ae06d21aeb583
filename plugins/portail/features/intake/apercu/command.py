"""``portail apercu``: what a proposal changes, as a file to open and a comment.

A preview shows pages: what draws them (``portail_pelican``) runs the command.
"""

from __future__ import annotations

from portail.diagnostics import ConfigError
from portail.installed import entry_points

# Group of the entry point ``default``, a callable ``(argv: list[str]) -> int``.
GROUP = "portail.apercu"


def main(argv: list[str]) -> int:
    for entry in entry_points(group=GROUP, name="default"):
        code: int = entry.load()(argv)
        return code
    raise ConfigError("L’aperçu des propositions n’est pas installé ici. Réinstallez Portail.")
