"""What a screen reader says of a page, from the accessibility tree of Chromium.

No screen reader runs here; those that do read this tree, and nothing else. Its nodes are put one
after another as one hears them when the page is read from its beginning: a heading with its
level, a link by its name, a field with its states, a landmark when it is entered. What a label, a
legend or a caption says is heard with its field, its group or its table. Words of roles are those
of NVDA in French.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["CONTROLS", "LANDMARKS", "PICTURES", "Said", "Voice", "listen"]

LANDMARKS = {
    "banner": "bannière",
    "complementary": "complémentaire",
    "contentinfo": "pied de page",
    "form": "formulaire",
    "main": "principal",
    "navigation": "navigation",
    "region": "région",
    "search": "recherche",
}
"""Places that one jumps to."""
CONTROLS = {
    "link": "lien",
    "button": "bouton",
    "DisclosureTriangle": "bouton",
    "DisclosureTriangleGrouped": "bouton",
    "textbox": "champ d’édition",
    "searchbox": "champ de recherche",
    "combobox": "zone combinée",
    "ComboBoxSelect": "zone combinée",
    "option": "option",
    "MenuListOption": "option",
    "checkbox": "case à cocher",
    "radio": "bouton radio",
    "spinbutton": "champ numérique",
    "Date": "date",
    "DateTime": "date et heure",
    "InputTime": "heure",
    "doc-noteref": "appel de note",
    "doc-backlink": "retour de note",
}
"""What acts: said by its name."""
PICTURES = {"image": "image", "img": "image", "graphics-document": "image", "meter": "mesure"}
_GROUPS = {"group": "groupe", "radiogroup": "groupe", "dialog": "dialogue", "note": "note"}
"""Said when one enters them, if they have a name."""
_PLACES = {
    "list": "liste",
    "listbox": "liste à choix",
    "DescriptionList": "liste",
    "table": "tableau",
    "status": "état",
    "alert": "alerte",
    "blockquote": "citation",
    "doc-endnotes": "notes",
}
_CELLS = {"cell": "cellule", "columnheader": "en-tête de colonne", "rowheader": "en-tête de ligne"}
_WORDS = LANDMARKS | CONTROLS | PICTURES | _GROUPS | _PLACES | _CELLS | {"heading": "titre"}
_MUTE = {"InlineTextBox", "ListMarker", "MathMLMath"}
"""What is not told word by word: a formula is read by rules of its own."""
_HELD = {"Date", "DateTime", "InputTime"}
"""Fields whose parts are the browser's."""
_BLOCKS = {"listitem", "doc-endnote", "row", "paragraph", "article", "figure", "term", "definition"}
_TOLD = {"LabelText", "Legend", "caption"}
_STATES = {
    "required": "obligatoire",
    "invalid": "saisie invalide",
    "disabled": "indisponible",
    "selected": "sélectionné",
}
_BOTH = {
    "expanded": ("réduit", "développé"),
    "checked": ("non coché", "coché"),
    "pressed": ("non enfoncé", "enfoncé"),
}
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class Said:
    """One thing that is heard; of role ``text``, words that have none."""

    role: str
    name: str
    description: str = ""
    value: str = ""
    states: tuple[str, ...] = ()
    level: int = 0
    """Of a heading."""
    within: tuple[int, ...] = ()
    """Elements around it, outermost first, as ``node``."""
    node: int = 0
    """Its element in the page (``backendNodeId``)."""
    url: str = ""
    """Where a link leads, or a heading that is one."""

    @cached_property
    def words(self) -> str:
        """The sentence: « titre niveau 2, L’agenda »."""
        if self.role == "text":
            return self.name
        role = _WORDS.get(self.role, self.role)
        role += f" niveau {self.level}" if self.level else ""
        parts = [role, self.name, self.value, *self.states, self.description]
        return ", ".join(part for part in parts if part)


class Voice:
    """A page read from its beginning to its end: ``said``, in order."""

    def __init__(self, nodes: list[dict[str, Any]]) -> None:
        """``nodes`` as ``Accessibility.getFullAXTree`` gives them."""
        self._nodes = {node["nodeId"]: node for node in nodes}
        self._items_of = {
            node.get("backendDOMNodeId", 0)
            for node in nodes
            if _value(node, "role") in {"listitem", "article"}
        }
        self.said = tuple(self._read(nodes[0], ()))

    def item(self, word: Said) -> int:
        """The element around something that is one of several: of a list, of articles; else 0."""
        return next(
            (ancestor for ancestor in reversed(word.within) if ancestor in self._items_of), 0
        )

    @property
    def text(self) -> str:
        """One line for each thing heard, indented below what holds it."""
        return "\n".join("  " * len(word.within) + word.words for word in self.said)

    @property
    def words(self) -> list[str]:
        """The sentences alone."""
        return [word.words for word in self.said]

    def inside(self, role: str, name: str = "") -> list[Said]:
        """What is said in the first place of this role and name."""
        place = next(word for word in self.said if word.role == role and word.name == name)
        return [word for word in self.said if place.node in word.within]

    def _read(self, node: dict[str, Any], within: tuple[int, ...]) -> Iterator[Said]:
        role = _value(node, "role")
        if role in _MUTE:
            return
        if role in _TOLD:
            yield from (word for word in self._children(node, within) if word.role != "text")
            return
        word = _said(node, role, within, self._count(node, role))
        if node.get("ignored"):
            yield from self._children(node, within)
        elif role == "StaticText":
            yield from [word] if word.name else []
        elif role in CONTROLS or role in PICTURES:
            yield word
            yield from () if role in _HELD else self._acting(node, (*within, word.node))
        elif role == "heading" or (role in _CELLS and not self._holds_blocks(node)):
            yield from self._named(node, word)
        elif role in _CELLS or role in _PLACES or _is_place(role, word.name):
            yield word
            yield from self._children(node, (*within, word.node))
        else:
            inner = (*within, word.node) if role in _BLOCKS else within
            yield from self._children(node, inner)

    def _named(self, node: dict[str, Any], word: Said) -> Iterator[Said]:
        """A heading or a cell, said by its name, and what acts inside; its link is itself."""
        acting = [*self._acting(node, (*word.within, word.node))]
        links = [act for act in acting if act.role == "link" and act.name in (word.name, "")]
        url = links[0].url if links and word.role == "heading" else ""
        yield Said(**{**word.__dict__, "url": url or word.url})
        yield from (act for act in acting if not (url and act in links))

    def _acting(self, node: dict[str, Any], within: tuple[int, ...]) -> Iterator[Said]:
        """What acts, or is a picture, inside something that is said by its name."""
        for word in self._children(node, within):
            if word.role in CONTROLS or word.role in PICTURES:
                yield word

    def _children(self, node: dict[str, Any], within: tuple[int, ...]) -> Iterator[Said]:
        for child in self._below(node):
            yield from self._read(child, within)

    def _below(self, node: dict[str, Any]) -> list[dict[str, Any]]:
        return [self._nodes[child] for child in node.get("childIds", ()) if child in self._nodes]

    def _inside(self, node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for child in self._below(node):
            yield child
            yield from self._inside(child)

    def _holds_blocks(self, node: dict[str, Any]) -> bool:
        return any(_value(child, "role") in {"list", "table"} for child in self._inside(node))

    def _count(self, node: dict[str, Any], role: str) -> int | None:
        """How many items a list says that it has."""
        return sum(1 for _ in self._items(node)) if role in {"list", "listbox"} else None

    def _items(self, node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for child in self._below(node):
            if _value(child, "role") in {"listitem", "option", "doc-endnote"}:
                yield child
            elif child.get("ignored") or _value(child, "role") in {"none", "generic"}:
                yield from self._items(child)


def listen(tab: Page) -> Voice:
    """What is said of the page that a tab shows now."""
    session = tab.context.new_cdp_session(tab)
    try:
        return Voice(session.send("Accessibility.getFullAXTree")["nodes"])
    finally:
        session.detach()


def _is_place(role: str, name: str) -> bool:
    """Whether one hears that one enters it."""
    if role in {"region", "form"} or role in _GROUPS:
        return bool(name)
    return role in LANDMARKS


def _said(node: dict[str, Any], role: str, within: tuple[int, ...], count: int | None) -> Said:
    properties = {
        entry["name"]: entry["value"].get("value") for entry in node.get("properties", ())
    }
    states = [
        word for key, word in _STATES.items() if properties.get(key) not in (None, False, "false")
    ]
    states += [
        words[properties[key] in (True, "true")]
        for key, words in _BOTH.items()
        if properties.get(key) is not None
    ]
    if count is not None:
        states.append(f"{count} élément{'s' if count > 1 else ''}")
    return Said(
        "text" if role == "StaticText" else role,
        _clean(_value(node, "name")),
        _clean(_value(node, "description")),
        _clean(_value(node, "value")) if role in CONTROLS or role in PICTURES else "",
        tuple(states),
        int(properties.get("level") or 0) if role == "heading" else 0,
        within,
        node.get("backendDOMNodeId", 0),
        str(properties.get("url") or ""),
    )


def _value(node: dict[str, Any], key: str) -> str:
    return str(node.get(key, {}).get("value", ""))


def _clean(text: str) -> str:
    return _BLANK.sub(" ", text).strip()
