"""Definitions that show nothing where they stand: addresses of links, notes, abbreviations."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from portail.body.blocks import BlockReader
from portail.body.document import Note, Reference, label_key
from portail.body.lines import Line, shift
from portail.body.positions import Place

__all__ = ["read_abbreviation", "read_note", "read_reference"]

_NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:[ \t]*")
_NOTE_INDENT = 4
_REFERENCE = re.compile(
    r" {0,3}\[(?!\^)([^\[\]]+)\]:[ \t]*(?:<([^<>]*)>|([^\s<]\S*))"
    r"(?:[ \t]+(?:\"([^\"]*)\"|'([^']*)'|\(([^()]*)\)))?[ \t]*$"
)
_ABBREVIATION = re.compile(r" {0,3}\*\[([^\[\]\\]+)\]:[ \t]*(.*\S)")


def read_note(reader: BlockReader, parent: Element, lines: list[Line], start: int) -> int | None:
    """Starter of ``[^label]: text``; the following lines belong to it when indented by four."""
    line = lines[start]
    found = _NOTE.match(line.text)
    if found is None:
        return None
    inner, end = reader.gather(lines, start, shift(line, found.end()), _NOTE_INDENT, _NOTE)
    place = Place(line.number, line.column + found.start(1) - 2)
    reader.document.notes.setdefault(label_key(found[1]), Note(found[1], place, inner))
    return end


def read_reference(
    reader: BlockReader, parent: Element, lines: list[Line], start: int
) -> int | None:
    """Starter of ``[label]: address "title"``; the first definition of a label is the one."""
    line = lines[start]
    found = _REFERENCE.match(line.text)
    label = label_key(found[1]) if found else ""
    if found is None or not label:
        return None
    group = 3 if found[2] is None else 2
    place = Place(line.number, line.column + found.start(group))
    title = found[4] or found[5] or found[6]
    address = Reference(found[group], title, place, len(found[group]))
    reader.document.references.setdefault(label, address)
    return start + 1


def read_abbreviation(
    reader: BlockReader, parent: Element, lines: list[Line], start: int
) -> int | None:
    """Starter of ``*[EPCI]: établissement public…``."""
    found = _ABBREVIATION.match(lines[start].text)
    if found is None or not found[1].strip():
        return None
    reader.document.abbreviations.setdefault(found[1].strip(), found[2])
    return start + 1
