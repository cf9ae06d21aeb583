"""HTML validity: the Nu HTML Checker, pinned, on every page."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from npm import ToolMissing, apt, install, pinned

VNU = pinned("vnu-jar")  # 24.10.17: the last whose npm package carries its jar
BATCH = 400
SECONDS = 300
OUTDATED = (
    "The “inputmode” attribute is not supported in all browsers",
    "Attribute “name” not allowed on element “details”",  # in the standard since 2023
)
"""What the checker says that has become untrue since its release."""
WRONG = "<!DOCTYPE html><html lang=fr><title>Faux</title><p id=a><p id=a><img src=x></html>"


def check_validity(output: Path, pages: list[Path]) -> list[str]:
    """``path:line:column — message`` for each error or warning, sorted.

    Raises `ToolMissing` without Java, or when the checker passes a page that is wrong.
    """
    java = shutil.which("java")
    if java is None:
        raise ToolMissing(f"Java is missing.\n  {apt('default-jre-headless')}")
    jar = install(VNU) / "build" / "dist" / "vnu.jar"
    with tempfile.TemporaryDirectory() as folder:
        wrong = Path(folder).resolve() / "faux.html"
        wrong.write_text(WRONG, encoding="utf-8")
        messages = [*check(java, jar, [wrong, *pages])]
    if not any(path == wrong for path, _ in messages):
        raise ToolMissing("the Nu HTML Checker finds nothing in a wrong page: it does not work")
    return sorted(f"{path.relative_to(output)}:{text}" for path, text in messages if path != wrong)


def check(java: str, jar: Path, pages: list[Path]) -> Iterator[tuple[Path, str]]:
    """(page, "line:column — message") for everything the checker says of `pages`."""
    for start in range(0, len(pages), BATCH):
        batch = [str(page) for page in pages[start : start + BATCH]]
        command = [java, "-Xss2m", "-jar", str(jar), "--format", "json", "--exit-zero-always"]
        done = subprocess.run(
            [*command, *batch], capture_output=True, text=True, timeout=SECONDS, check=False
        )
        try:
            messages = json.loads(done.stderr)["messages"]
        except (ValueError, KeyError):
            raise ToolMissing(f"the Nu HTML Checker failed:\n{done.stderr[-2000:]}") from None
        for message in messages:
            if not str(message.get("message", "")).startswith(OUTDATED):
                yield page_of(message), text_of(message)


def page_of(message: dict[str, object]) -> Path:
    """The file that a message is about."""
    return Path(unquote(urlsplit(str(message.get("url", ""))).path))


def text_of(message: dict[str, object]) -> str:
    """Place and text of a message, on one line."""
    place = f"{message.get('lastLine', 1)}:{message.get('lastColumn', 1)}"
    kind = message.get("subType", message.get("type"))
    extract = " ".join(str(message.get("extract", "")).split())
    return f"{place} — {kind}: {message.get('message')} [{extract[:120]}]"
