"""The list of what ``portail.greffons`` promises: names, fields, types, what a value is.

``python outils/promises.py`` compares ``docs/technique/greffons.txt`` with the code; ``--write``
writes it. Exit codes: 0; 1, they differ.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import portail.greffons as door
from portail.features import FEATURES
from portail.model.entry import Entry

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "technique" / "greffons.txt"
OF_THEIRS: Mapping[str, str] = {
    "Site": "items of_kind lieu config day vocabularies",
    "Item": "ref url name occurrences upcoming entry of",
    "Draft": "entries items day",
    "PageView": "cadre titre description url fil noindex flux langue",
    "Feature": "name title is_used reads outputs slots ways derives rules facts facets asks roles "
    "keeps",
}
"""What is promised of what is more: the rest is ours, and changes."""


def names() -> Iterator[str]:
    """Those that the door imports as themselves, that it defines for all, that features promise."""
    tree = ast.parse(Path(str(door.__file__)).read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            yield from (one.name for one in node.names if one.asname == one.name)
    yield "page"
    for feature in FEATURES:
        yield from feature.promises


def typed(annotation: object) -> str:
    """A type as it is written, without the folders of its names."""
    shown = getattr(annotation, "__forward_arg__", annotation)
    shown = shown if isinstance(shown, str) else inspect.formatannotation(shown)
    return re.sub(r"\b(?:\w+\.)+(?=\w)", "", shown)


def called(function: Callable[..., Any]) -> str:
    """``name(one: type, …) → type``."""
    signature = inspect.signature(function)
    given = ", ".join(
        f"{one.name}: {typed(one.annotation)}"
        for one in signature.parameters.values()
        if one.name != "self" and one.annotation is not one.empty
    )
    back = signature.return_annotation
    gives = "" if back in (signature.empty, "None", None) else f" → {typed(back)}"
    return f"({given}){gives}"


def _members(one: type, chosen: list[str]) -> Iterator[str]:
    told: dict[str, object] = {}
    for base in reversed(one.__mro__):
        told |= vars(base).get("__annotations__", {})
    for key in chosen or [key for key in told if not key.startswith("_")]:
        held = inspect.getattr_static(one, key, None)
        if isinstance(held, property) and held.fget:
            yield f"{key}: {typed(inspect.signature(held.fget).return_annotation)}"
        elif inspect.isfunction(held):
            yield f"{key}{called(held)}"
        else:
            yield f"{key}: {typed(told.get(key, 'str'))}"


def _above(name: str) -> str:
    # What is said of a value, above its line in the module that makes it.
    for module in [*sys.modules.values()]:
        file = getattr(module, "__file__", None) or ""
        if vars(module).get(name) is getattr(door, name) and "/portail/" in file:
            text = Path(file).read_text(encoding="utf-8")
            if shown := re.search(rf"((?:^# .*\n)+){name}\b[:=\s]", text, re.MULTILINE):
                return re.sub(r"\n?# ", " ", shown[1]).strip()
    return ""


def sentence(name: str) -> str:
    """The first sentence that the code says of a value: ``help()`` says those of the rest."""
    first = re.split(r"(?<=[.;:])\s", _above(name).replace("``", "`"))[0]
    return f"{first.rstrip('.;:')}."


def rows() -> Iterator[str]:
    """A line for each name; models are told by the fields that contributors write."""
    models: list[str] = []
    for name in sorted(dict.fromkeys(names()), key=str.lower):
        one = getattr(door, name)
        if inspect.isclass(one) and issubclass(one, Entry):
            models.append(f"`{name}`")
        elif inspect.isclass(one):
            inside = ", ".join(_members(one, OF_THEIRS.get(name, "").split()))
            yield f"- **{name}** `{inside}`"
        elif inspect.isroutine(one):
            yield f"- **{name}** `{called(one)}`"
        else:
            yield f"- **{name}**: {sentence(name)}"
    listed = ", ".join(models)
    yield f"- {listed}: models of contents; their fields are the keys of front matter."


def page() -> str:
    """The lines as the code has them."""
    return "".join(f"{line}\n" for line in rows())


def main(arguments: list[str]) -> int:
    if "--write" in arguments:
        PAGE.write_text(page(), encoding="utf-8")
    elif page() != PAGE.read_text(encoding="utf-8"):
        print("docs/technique/greffons.txt does not follow the code: outils/promises.py --write")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
