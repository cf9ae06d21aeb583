"""What the source never says, given once on the command line: ``--avec format=conference``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from portail.cli.importer.engine import TOGETHER, Asked
from portail.diagnostics import ConfigError
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.schemas.fields import fields_of, group_of, is_list
from portail.text.suggest import nearest


def given(asked: Iterable[Asked], options: Sequence[str]) -> Iterator[Asked]:
    """``asked``, each with what ``options`` say (``tarif.gratuit=true``) and it does not; several
    values of a list are parted by semicolons. Raises ``ConfigError``."""
    rows = [option.partition("=") for option in options]
    for one in asked:
        values = {name.strip(): _value(one.kind, name.strip(), text) for name, _, text in rows}
        said = {_said(one.kind, name) for name in one.values}
        added = {name: it for name, it in values.items() if _said(one.kind, name) not in said}
        yield replace(one, values={**one.values, **added}) if added else one


def _said(kind: Kind, name: str) -> str:
    """What a field tells: two that say one thing in two ways are the same."""
    key = name.partition(".")[0]
    together = TOGETHER if kind is Kind.EVENT else {}
    return next((part for part, keys in together.items() if key in keys), name)


def _value(kind: Kind, name: str, text: str) -> Any:
    """``text`` for the field ``name``: a list where the model has one. Raises ``ConfigError``."""
    key, _, inner = name.partition(".")
    known = dict(fields_of(MODELS[kind]))
    if inner and key in known:
        group = group_of(known[key])
        known, key = dict(fields_of(group)) if group else {}, inner
    if key not in known or not text.strip():
        near = nearest(key, known, limit=1)
        meant = f" Le plus proche : « {near[0]} »." if near and key not in known else ""
        raise ConfigError(
            f"« --avec {name}={text} » : écrivez CHAMP=VALEUR, avec un champ de ces fiches "
            f"({kind.info.nom}).{meant}"
        )
    if is_list(key, known[key]):
        return [one.strip() for one in text.split(";") if one.strip()]
    return text.strip()
