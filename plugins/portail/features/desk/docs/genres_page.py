"""The page on kinds of an instance: keys of ``genre.yml``, types, names of fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portail.features.services.schemas.fields import fields_of
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.genres import KEY, is_reserved, tables


def genres_page() -> str:
    """The page, in Markdown; what it lists is what ``portail check`` judges a kind by."""
    return "\n".join(_rows())


def _rows() -> Iterator[str]:
    known = tables()
    yield from ("# Décrire un genre de contenus", "", _INTRODUCTION, "", "## Types d’un champ", "")
    yield from ("| type | ce qu’on y écrit |", "|---|---|")
    yield from (f"| `{name}` | {one.aide} |" for name, one in known.types.items() if one.aide)
    yield from ("", "## Noms de champs", "")
    common = [name for name, _ in fields_of(Entry)]
    yield f"**De tout genre**, sans type à dire : {_listed(common)}."
    typed = (f"`{name}` ({kind})" for name, kind in known.connus.items())
    yield f"\n**Lus par tout le portail**, du type entre parenthèses : {', '.join(typed)}."
    yield f"\n**D’un genre qui a des dates**, sans type : {_listed(known.evenements)}."
    inner = {*Event.model_fields} - {*Entry.model_fields, *known.connus, *known.evenements}
    yield f"\nCe même genre ne peut donner à un champ aucun de ces noms : {_listed(sorted(inner))}."
    reserved = sorted({*filter(is_reserved, dir(Event)), *Entry.model_fields} - {*common})
    yield f"\n**Réservés** : {_listed(name for name in reserved if KEY.fullmatch(name))}."
    yield ""


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


_INTRODUCTION = """\
Un genre du portail est un dossier, `genres/bourses/`, où `genre.yml` dit son nom et ses champs ;
ses contenus vont dans `content/bourses/`.

```yaml
nom: bourse
pluriel: bourses
article: une
champs:
  montant: {type: nombre, unite: €, titre: Montant, dans: [carte, flux, lettre]}
  echeance: {type: jour, titre: À demander avant le, termine: true}
```

Un champ dit son `type`, et, s’il le faut : `titre`, `aide`, `exemple` ; `obligatoire: true` ;
`unite` d’un nombre ; `dans`, où il est montré (`page`, `flux`, `carte`, `lettre`, `recherche`) ;
`liste`, `facette: true` d’un terme ; `genre` d’un contenu ; `termine: true` du jour où c’est fini.
`dates: {type: dates}` met le genre à l’agenda. Un champ se nomme en minuscules sans accent,
chiffres et « _ » compris."""
