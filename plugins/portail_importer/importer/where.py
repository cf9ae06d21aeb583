"""Where something is, as people write it: each piece of an address is a name, a room, a street, a
postcode or a commune, or is said to be left.

The twin of ``adresseDe`` in ``js/contribuer-indices.js``.
"""

from __future__ import annotations

from msgspec import Struct, field

from portail.text.hints import expressions, flat
from portail.text.normalise import name_key


class Where(Struct):
    """The pieces of an address."""

    # ``nom``, ``salle``, ``rue``, ``code_postal`` and ``commune``, those that are known.
    parts: dict[str, str] = field(default_factory=dict)
    # What may be the commune when no postcode tells it; else it belongs to ``nom``.
    maybe: list[str] = field(default_factory=list)
    # What no field takes: the code of a « Cedex », a box of the post office, a region, what
    # brackets say of a commune.
    left: list[str] = field(default_factory=list)


def bare(commune: str) -> str:
    """The name of a commune without brackets nor « Cedex ».

    >>> bare("Lille Cedex 9"), bare("Athies (62)")
    ('Lille', 'Athies')
    """
    words = expressions("adresses")
    return str(words.cedex.sub("", words.parentheses.sub("", commune))).strip()


def with_room(name: str) -> dict[str, str]:
    """The name of a place and the room in it, of one that is already apart from its address.

    >>> with_room("Médiathèque, salle 2")
    {'nom': 'Médiathèque', 'salle': 'salle 2'}
    """
    words = expressions("adresses")
    pieces = [piece.strip() for piece in words.coupes.split(name) if piece.strip()]
    rooms = [piece for piece in pieces[1:] if _is_room(piece)]
    if not rooms:
        return {"nom": name}
    rest = [piece for piece in pieces if piece not in rooms]
    return {"nom": ", ".join(rest), "salle": ", ".join(rooms)}


def _is_room(piece: str) -> bool:
    return expressions("adresses").salle.search(flat(piece)) is not None


# Halls of a town, which are places of their own, and of which each town has one.
_HALLS = frozenset("fetes polyvalente communale municipale paroissiale sports".split())


def is_hall(text: str) -> bool:
    return not _HALLS.isdisjoint(name_key(text).split())


def is_room(text: str) -> bool:
    """Whether a place is but a room of another one.

    >>> is_room("Auditorium"), is_room("1er étage, salle 2"), is_room("Salle des fêtes")
    (True, True, False)
    """
    pieces = [*filter(None, map(str.strip, expressions("adresses").coupes.split(text)))]
    return bool(pieces) and not is_hall(text) and all(map(_is_room, pieces))


def is_postcode(text: str) -> bool:
    return len(text) == 5 and text.isdecimal()


def holds_postcode(street: str) -> bool:
    """Whether what is called a street goes on with its town.

    >>> holds_postcode("3 rue du Sable, 62600 Berck"), holds_postcode("3 rue du 8 mai 1945")
    (True, False)
    """
    return any(map(is_postcode, street.split()))


def where_of(text: str) -> Where:
    """« La Coupole, salle 2, rue Clabaux, 62570 Wizernes, France » in its parts, nothing lost but
    the country.

    >>> where_of("La Coupole, salle 2, rue Clabaux, 62570 Wizernes").parts
    {'code_postal': '62570', 'commune': 'Wizernes', 'rue': 'rue Clabaux', 'nom': 'La Coupole', \
'salle': 'salle 2'}
    """
    words = expressions("adresses")
    where = Where()
    rest: list[str] = []
    for piece in filter(None, (piece.strip() for piece in words.coupes.split(text))):
        if not words.pays.search(flat(piece)) and not _posted(piece, where, rest):
            rest.append(piece)
    where.left += [piece for piece in rest if words.a_part.search(flat(piece))]
    rest = [piece for piece in rest if piece not in where.left]
    _street(where, rest)
    _named(where, rest)
    return where


def _posted(piece: str, where: Where, rest: list[str]) -> bool:
    words = expressions("adresses")
    match = words.postal.search(piece)
    placed = {"code_postal", "commune"} & where.parts.keys()
    if match is None or placed or not (match[3] or rest):
        return False
    before = match[1].strip()
    code = match[2]
    town = match[3]
    where.parts["code_postal"] = code
    where.parts["commune"] = bare(town)
    if "cedex" in town.lower():
        del where.parts["code_postal"]
        where.left.append(" ".join(filter(None, (code, town[len(bare(town)) :].strip()))))
    elif (brackets := town[len(bare(town)) :].strip(" ()")) and not brackets.isdecimal():
        where.left.append(brackets)
    if before:
        rest.append(before)
    return True


def _street(where: Where, rest: list[str]) -> None:
    # The street: « 3 place du Marché », or its number then its name.
    words = expressions("adresses")
    streets = (
        at
        for at, piece in enumerate(rest)
        if words.voie.search(flat(piece)) and not _is_room(piece)
    )
    rank = next(streets, None)
    if rank is not None:
        alone = words.numero.search(rest[rank]) and len(rest) > rank + 1
        where.parts["rue"] = " ".join(rest.pop(rank) for _ in range(2 if alone else 1))


def _named(where: Where, rest: list[str]) -> None:
    # The name of the place and the room in it: a room alone is the place, « Salle des fêtes ».
    rooms = [piece for piece in rest if _is_room(piece)]
    names = [piece for piece in rest if piece not in rooms]
    has_commune = bool(where.parts.get("commune"))
    if rest and rest[0] in rooms and len(names) < (1 if has_commune else 2):
        names.insert(0, rooms.pop(0))
    if not names:
        names, rooms = rooms[:1], rooms[1:]
    elif not has_commune:
        # A name alone may be that of the commune.
        first = len(names) > 1 or _is_room(names[0])
        names, where.maybe = names[:first], names[first:]
    if names:
        where.parts["nom"] = ", ".join(names)
    if rooms:
        where.parts["salle"] = ", ".join(rooms)
