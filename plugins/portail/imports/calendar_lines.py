"""Lines of a calendar (RFC 5545, § 3.1) as components, read one by one.

A parser of our own: it holds only the components that are read, says at which line each begins,
and goes on after what is damaged, where libraries refuse the whole calendar (or, with 50 MB, hold
some ten times that).
"""

from __future__ import annotations

import io
import quopri
import re
from collections.abc import Iterator

from msgspec import Struct, field

from portail.imports.prose import LONG

_DEPTH = 12
_START = re.compile(r"[A-Za-z0-9-]{1,60}[;:]", re.ASCII)
_LINE = re.compile(
    r'([A-Za-z0-9-]+)((?:;[^=:;"]*(?:=(?:"[^"]*"|[^;:"])*)?)*):(.*)', re.ASCII | re.DOTALL
)
_PARAMETER = re.compile(r';([^=:;"]*)(?:=((?:"[^"]*"|[^;:"])*))?')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_QUOTED = re.compile(r";(?:ENCODING=)?QUOTED-PRINTABLE[;:]", re.ASCII | re.IGNORECASE)
_CHARSET = re.compile(r"UTF-?8", re.IGNORECASE)


class Property(Struct, frozen=True):
    """One property: its parameters by capital names, its value as it is written."""

    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as a text, its escapes undone."""
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)

    @property
    def texts(self) -> list[str]:
        """The values of a list of texts."""
        parts = re.split(r"(?<!\\),", self.value)
        return [Property({}, one).text for one in parts]


class Component(Struct):
    """A component: properties by capital names, those inside it, its first line from 1.

    ``broken``: its end is missing.
    """

    name: str
    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)
    parts: list[Component] = field(default_factory=list)
    broken: bool = False

    def first(self, name: str) -> Property | None:
        """The first property of that name."""
        return next(iter(self.properties.get(name, ())), None)

    def text(self, name: str) -> str:
        """The text of the first property of that name; "" for none."""
        found = self.first(name)
        return found.text.strip() if found else ""


def components(text: str) -> Iterator[Component]:
    """The components right inside a calendar, or alone, in order."""
    stack: list[Component] = []
    for number, line in _unfolded(text):
        name, parameters, value = _cut(line)
        kind = value.strip().upper()
        if name == "BEGIN":
            if stack and kind == "VEVENT":
                yield _broken(stack)
            if kind != "VCALENDAR" and len(stack) < _DEPTH:
                stack.append(Component(kind, number))
        elif name == "END":
            if kind == "VCALENDAR" and stack:
                yield _broken(stack)
            elif any(one.name == kind for one in stack):
                while (done := stack.pop()).name != kind:  # an inner one has no end
                    stack[-1].parts.append(done)
                if not stack:
                    yield done
                else:
                    stack[-1].parts.append(done)
        elif stack and name:
            stack[-1].properties.setdefault(name, []).append(Property(parameters, value))
    if stack:
        yield _broken(stack)


def _broken(stack: list[Component]) -> Component:
    """The outermost component, whose end is missing."""
    found = stack[0]
    found.broken = True
    stack.clear()
    return found


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Whole lines and the number of their first one; what is no « NAME: » goes on with the line
    before, as hand-made files do."""
    held: list[str] = []
    first, length = 0, 0
    for number, raw in enumerate(io.StringIO(text), 1):
        line = raw.rstrip("\n")
        soft = bool(held) and held[-1].endswith("=") and _QUOTED.search(held[0]) is not None
        folded = line[:1] in (" ", "\t")
        if held and (folded or soft or not _START.match(line)):
            if line.strip() and length < LONG:
                if soft:
                    held[-1] = held[-1][:-1]
                held.append(line[1:] if folded else line if soft else f"\\n{line}")
                length += len(line)
            continue
        if held:
            yield first, "".join(held)
        held = [line] if _START.match(line) else []
        first, length = number, len(line)
    if held:
        yield first, "".join(held)


def _cut(line: str) -> tuple[str, dict[str, str], str]:
    found = _LINE.match(line)
    if not found:
        name, _, value = line.partition(":")
        return name.partition(";")[0].upper(), {}, value
    rows = ((name.upper(), value) for name, value in _PARAMETER.findall(found[2]))
    parameters = {name: value.strip('"') for name, value in rows}
    value = found[3]
    if "QUOTED-PRINTABLE" in parameters or parameters.get("ENCODING", "").upper().startswith("Q"):
        value = _plain(value, parameters.get("CHARSET", "UTF-8"))
    return found[1].upper(), parameters, value


def _plain(value: str, charset: str) -> str:
    """What old calendars (vCalendar 1.0) write with signs of equality."""
    data = quopri.decodestring(value.encode("utf-8", "replace"))
    text = data.decode("utf-8" if _CHARSET.fullmatch(charset) else "cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\n", "\\n")
