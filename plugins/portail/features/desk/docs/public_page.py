"""The part of a guide that says what is public of each source: tables of ``data/public.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from portail.text.public import Source, public_table

# The guide, below ``docs/``.
GUIDE = PurePosixPath("redaction/reprendre.md")
_PART = re.compile(r"(?<=\n## Ce qui était public\n\n).*?(?=\n## )", re.DOTALL)
_BECOMES = (
    ("publie", "prêt"),
    ("programme", "prêt, avec le `publie_le` de son jour ; sans jour, à compléter"),
    ("brouillon", "prêt, avec `statut: brouillon`"),
    ("laisse", "non repris : le rapport dit son rang, jamais son titre ni son secret"),
)


def with_public_tables(guide: str) -> str:
    """``guide`` with the tables as the code has them."""
    part = "\n".join([*_words(), "", *_sources(), ""])
    return _PART.sub(lambda _: part, guide)


def _words() -> Iterator[str]:
    table = public_table()
    yield "Ce que son auteur n’a pas publié ne paraît pas. Chaque source le dit sous ses clés :"
    yield "de plusieurs mots qui se contredisent, le plus prudent compte."
    yield from ("", "| ce que dit la source | devient |", "|---|---|")
    for name, becomes in _BECOMES:
        yield f"| {_listed(table.mots[name])} | {becomes} |"
    yield "| un mot de passe | non repris |"
    yield f"| une sorte qui n’est pas un texte : {_listed(table.sortes['aucun'])} | non repris |"
    yield "| un jour de publication à venir | prêt, avec ce `publie_le` |"
    yield "| un jour de retrait passé | prêt, avec `statut: brouillon` |"
    yield "| qu’il est réservé à certains lecteurs | **à compléter**, jamais prêt |"
    embargo = "| le mot « embargo », dans son titre, son résumé ou au début de son texte "
    yield f"{embargo}| **à compléter**, jamais prêt\u00a0; d’un tableur, `statut: brouillon` |"
    roots = [*dict.fromkeys(it.strip("=*") for some in _roots() for it in some)]
    yield (
        "| sous un nom qu’aucun champ ne prend, mais qui parle de publication "
        f"({_listed(roots)}…)\u00a0: un mot d’état, un oui ou un non, un jour, s’ils ne disent pas "
        "que tous peuvent lire | **à compléter**, jamais prêt\u00a0; d’un tableur, "
        "`statut: brouillon` |"
    )
    yield "| tout autre mot, un jour qui ne se lit pas | **à compléter**, jamais prêt |"
    undated = (
        "| rien | prêt\u00a0; un article ou une annonce dont le jour manque, ne se lit pas, ou "
    )
    undated += "date d’avant le Web (1970)\u00a0: **à compléter** "
    yield f"{undated}(`--avec publie_le=2020-01-31` pour tous) |"


def _roots() -> Iterator[Sequence[str]]:
    return (some for sort, some in public_table().racines.items() if sort != "contraire")


def _sources() -> Iterator[str]:
    yield "| source | un mot le dit | oui ou non | un mot de passe | une sorte | jours |"
    yield "|---|---|---|---|---|---|"
    for source in public_table().sources.values():
        days = [_listed(source.des), *(f"jusqu’à {it}" for it in [_listed(source.jusqu_a)] if it)]
        told = map(_listed, (source.secret, source.sorte))
        cells = (source.nom, _listed(source.etat), ", ".join(_switches(source)), *told)
        yield f"| {' | '.join(cells)} | {' ; '.join(days)} |"


def _switches(source: Source) -> Iterator[str]:
    yield from (f"`{key}`" for key in source.brouillon)
    yield from (f"`{key}` (non)" for key in source.publie)
    yield from (f"`{key}` (non repris)" for key in source.laisse)
    yield from (f"`{key}` (non : réservé)" for key in source.ouvert)
    if source.reserve:
        yield f"réservé : {_listed(source.reserve)}"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
