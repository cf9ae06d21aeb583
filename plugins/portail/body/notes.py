"""Notes: numbered in the order of their calls, gathered at the end, with links both ways."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from .document import Document

# Most notes that a margin shows: the style sheet names that many calls (``prose.css``).
_MARGIN = 12
_WIDE = {"pre", "table", "img"}
# Heights, in characters of the text: of what parts two blocks, of what surrounds a note; what a
# character of a note takes, in the narrow lines of the margin; what always follows the text.
_GAP = 45
_AROUND = 60
_NARROW = 1.5
_AFTER = 400


def place_notes(root: Element, document: Document) -> None:
    """Number the calls and the notes of ``root``, drop the notes without a call.

    A dropped note is reported (A328): its text would vanish in silence.
    """
    if not document.notes:
        return
    section = root[-1]
    items = section[0]
    notes = dict(zip(document.notes, items, strict=True))
    calls: dict[str, list[Element]] = {}
    for key, call in _in_reading_order(root, section, notes):
        calls.setdefault(key, []).append(call)
    for key, note in document.notes.items():
        if key not in calls:
            document.report("A328", note.place, len(note.label) + 3, valeur=note.label)
    for item in list(items):
        items.remove(item)
    if not calls:
        root.remove(section)
        return
    title = Element("h2", {"id": "notes"})
    title.text = AtomicString("Notes")
    section.insert(0, title)
    for number, (key, called) in enumerate(calls.items(), 1):
        _call(number, called)
        items.append(_note(number, notes[key], len(called)))
    if len(calls) <= _MARGIN and _fit(root, section):
        section.set("class", "notes en-marge")


def _in_reading_order(
    root: Element, section: Element, notes: dict[str, Element]
) -> Iterator[tuple[str, Element]]:
    waiting = [child for child in root if child is not section]
    queued = set()
    while waiting:
        following: list[Element] = []
        for element in waiting:
            for call in element.iter("sup"):
                key = call.attrib.pop("@note", None)
                if key is None:
                    continue
                yield key, call
                if key not in queued:
                    queued.add(key)
                    following.append(notes[key])
        waiting = following


def _fit(root: Element, section: Element) -> bool:
    # Whether every note has room in the margin, beside its call or below the note before it.
    # A margin cannot make its page longer: notes too long for their text stay at its end.
    items = section[1]
    end = 0
    places: dict[str, int] = {}
    if any(node.tag in _WIDE for node in section.iter()):
        return False
    for block in root:
        if block is not section:
            end = _measure(block, end + _GAP, places)
    bottom = 0.0
    for item in items:
        place = places.get(item.get("id", "").replace("note", "appel"))
        if place is None:  # called by another note
            return False
        length = sum(map(len, item.itertext()))
        bottom = max(place, bottom) + _AROUND + _NARROW * length
    return bottom <= end + _AFTER


def _measure(element: Element, at: int, places: dict[str, int]) -> int:
    at += len(element.text or "")
    for child in element:
        if child.get("class") == "appel":
            places[child.get("id", "")] = at
        at = _measure(child, at, places) + len(child.tail or "")
    return at


def _name(number: int, rank: int) -> str:
    if rank == 1:
        return f"appel-{number}"
    return f"appel-{number}-{rank}"


def _call(number: int, calls: list[Element]) -> None:
    for rank, call in enumerate(calls, 1):
        call.set("class", "appel")
        call.set("id", _name(number, rank))
        link = SubElement(call, "a", {"href": f"#note-{number}", "role": "doc-noteref"})
        link.set("aria-label", f"Note {number}")
        link.text = AtomicString(str(number))


def _note(number: int, item: Element, calls: int) -> Element:
    item.set("id", f"note-{number}")
    last = item[-1] if len(item) and item[-1].tag == "p" else SubElement(item, "p")
    for rank in range(1, calls + 1):
        append(last, " ")
        back = SubElement(last, "a", {"class": "retour", "href": f"#{_name(number, rank)}"})
        back.set("role", "doc-backlink")
        label = f"Retour au texte, note {number}"
        if calls > 1:
            label += f", {'1er' if rank == 1 else f'{rank}e'} appel"
        back.set("aria-label", label)
        back.text = AtomicString("↩" if rank == 1 else f"↩{rank}")
    return item


def append(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
