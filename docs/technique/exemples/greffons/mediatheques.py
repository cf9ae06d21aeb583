"""A rule: an event in a library says whether one must book."""

from __future__ import annotations

from collections.abc import Iterator

from portail.greffons import Draft, Event, Feature, Finding, Lieu, RuleSpec

PAGE = """\
Les médiathèques de la région accueillent peu de monde à la fois : on y vient souvent pour rien.

Écrivez `inscription`, même pour dire qu’elle est inutile :

```yaml
inscription:
  regime: aucune
```
"""


def sans_inscription(draft: Draft) -> Iterator[Finding]:
    """Every event whose lieu is a library and that says nothing of booking."""
    for loaded, entry in draft.entries():
        if not isinstance(entry, Event) or entry.inscription or not entry.lieu:
            continue
        lieu = draft.entry(f"lieux/{entry.lieu}")
        if isinstance(lieu, Lieu) and lieu.type == "mediatheque":
            yield Finding(loaded, ("lieu",), {"lieu": lieu.titre})


feature = Feature(
    "mediatheques",
    "Inscription en médiathèque",
    rules=(
        RuleSpec(
            "AX01",
            "Inscription en médiathèque",
            "Rien ne dit s’il faut s’inscrire, et « {lieu} » est une médiathèque.",
            "Écrivez « inscription », avec « regime: aucune » si l’on vient librement.",
            sans_inscription,
            PAGE,
        ),
    ),
)
