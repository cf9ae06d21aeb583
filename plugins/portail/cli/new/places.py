"""Answers that name something: a lieu of the directory, a commune, a structure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from portail.cli.new.questions import Question
from portail.cli.new.replies import Answer, Doubt, Refusal, Reply, refused
from portail.cli.new.world import World
from portail.codes import diagnostic
from portail.diagnostics import Position
from portail.geo.places import Commune
from portail.model.kinds import Kind
from portail.text.normalise import fold, name_key
from portail.text.slugs import is_slug
from portail.text.suggest import nearest

__all__ = ["read_commune", "read_name", "read_where"]

_ONLINE = ("en ligne", "a distance", "en visio", "visio", "visioconference")
_URL = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
_DETAIL = re.compile(r"\s*(?:,|\(|\s[–—-]\s)")
_SHOWN = 6
_BEGINNING = 3


def read_where(text: str, question: Question, world: World) -> Reply:
    """A lieu, a commune or an address on line; the nearest of the first two when unsure."""
    on_line = "en_ligne" in question.fields
    if on_line and fold(text) in _ONLINE:
        return Answer({}, "en ligne")
    if on_line and _URL.fullmatch(text):
        url = text if "://" in text else f"https://{text}"
        return Answer({"en_ligne": url}, f"en ligne, {url}", url != text)
    lieux = world.names((Kind.LIEU.value,))
    slug = _named(text, lieux)
    if slug:
        return _lieu(slug, world)
    path = next(field for field in question.fields if field.endswith("commune"))
    found = world.geography.commune(text)
    if isinstance(found, Commune):
        return _commune(found, path, world)
    near = [_lieu(one, world) for one in _nearest(text, lieux)]
    choices = [*near, *_communes(text, path, world)]
    if choices:
        return _doubt(f"« {text} » : vouliez-vous dire…", choices)
    place = "Écrivez la commune (Wizernes), le nom d’un lieu de l’annuaire"
    remedy = f"{place}, ou « en ligne »." if on_line else f"{place}."
    return Refusal(f"« {text} » n’est ni un lieu de l’annuaire, ni une commune.", remedy)


def read_commune(text: str, question: Question, world: World) -> Reply:
    """A commune, or candidates with their département; the model refuses what is neither."""
    found = world.geography.commune(text)
    if isinstance(found, Commune):
        return _commune(found, question.key, world)
    choices = list(_communes(text, question.key, world))
    if choices:
        return _doubt(f"« {text} » : vouliez-vous dire…", choices)
    return Answer({question.key: text}, text)


def read_name(text: str, question: Question, world: World) -> Reply:
    """A content of the folders that the field names, by its title or file name; or, where the
    field allows it, a plain name."""
    several = question.form == "noms"
    schema = question.schema["items"] if several else question.schema
    folders = tuple(schema["x-references"])
    known = world.names(folders)

    def answer(value: str, said: str, back: bool) -> Answer:
        return Answer({question.key: [value] if several else value}, said, back)

    slug = _named(text.removeprefix(f"{folders[0]}/"), known)
    if slug:
        return answer(slug, world.label(folders, slug), True)
    plain = "maxLength" in schema and not is_slug(text)
    near = _nearest(text, known)
    choices = [answer(one, world.label(folders, one), True) for one in near]
    if plain and not choices:
        return answer(text, text, False)
    if plain:
        choices.append(answer(text, f"« {text} », tel quel : il n’est pas dans l’annuaire", False))
    if choices:
        return _doubt(f"« {text} » n’y est pas : vouliez-vous dire…", choices)
    hint = "Écrivez le nom en toutes lettres, avec sa majuscule."
    told = diagnostic(
        "E412",
        Position(world.path),
        valeur=text,
        cle=question.key,
        dossier=" ou ".join(folders),
        remede=hint if "maxLength" in schema else "Vérifiez son nom, ou passez cette question.",
    )
    return refused(told)


def _doubt(sentence: str, answers: Iterable[Answer]) -> Doubt:
    return Doubt(sentence, tuple((one.said, one) for one in answers))


def _named(text: str, known: Mapping[str, str]) -> str:
    """The slug that ``text`` is, or whose title it is; empty for none."""
    if text in known.values():
        return text
    if text in known:
        return known[text]
    key = name_key(text)
    for names in (known, _short(known)):
        found = {slug for title, slug in names.items() if name_key(title) == key} if key else set()
        if len(found) == 1:
            return found.pop()
    return ""


def _short(known: Mapping[str, str]) -> dict[str, str]:
    """The same by the beginning of a title, as people say it: « La Coupole » for « La Coupole,
    Centre d’histoire »; what two of them share is left out."""
    found: dict[str, str] = {}
    for title, slug in known.items():
        short = _DETAIL.split(title, maxsplit=1)[0]
        found[short] = "" if found.get(short, slug) != slug else slug
    return {title: slug for title, slug in found.items() if slug}


def _nearest(text: str, known: Mapping[str, str]) -> list[str]:
    """Slugs whose name, whole or short, or which themselves are near ``text``, nearest first."""
    names = {**{slug: slug for slug in known.values()}, **_short(known), **known}
    near = [*nearest(text, names, 5), *sorted(_holding(text, known))]
    return list(dict.fromkeys(names[name] for name in near))[:_SHOWN]


def _holding(text: str, known: Mapping[str, str]) -> Iterable[str]:
    """Names with a word that begins with ``text``: « observ » is enough for an observatory."""
    key = name_key(text)
    if len(key) < _BEGINNING:
        return []
    return [name for name in known if f" {key}" in f" {name_key(name)}"]


def _lieu(slug: str, world: World) -> Answer:
    return Answer({"lieu": slug}, world.label((Kind.LIEU.value,), slug), True)


def _commune(commune: Commune, path: str, world: World) -> Answer:
    label = world.geography.label(commune.code)
    said = f"{commune.nom} ({commune.departement}), commune"
    return Answer({path: label}, said, True)


def _communes(text: str, path: str, world: World) -> Iterable[Answer]:
    """Candidates of a shared name or postcode, or communes of a near name."""
    found = world.geography.commune(text)
    if isinstance(found, Commune):
        return
    for one in getattr(found, "candidates", ())[:_SHOWN]:
        yield _commune(one, path, world)
    for name in getattr(found, "nearest", ()):
        near = world.geography.commune(name)
        if isinstance(near, Commune):
            yield _commune(near, path, world)
