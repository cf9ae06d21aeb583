"""Spelling of the contents, as advice: words that hunspell's French does not know, and doubles.

Usage: ``orthographe.py [FILE…]``: the Markdown files of ``content/`` by default. One finding a
line, ``fichier:ligne:colonne mot → propositions``; a name or an acronym that is right goes into
``outils/mots.txt``. It advises and never blocks. Exit codes: 0 even with findings, 2 no dictionary.

Front matters and bodies are read as plain text: addresses, code, keys and slugs are not words.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "content"
KNOWN = Path(__file__).with_name("mots.txt")
COMMAND = ("hunspell", "-d", "fr_FR", "-i", "utf-8")
MISSING = (
    "Le dictionnaire français de hunspell manque.\n  sudo apt-get install hunspell hunspell-fr"
)
PROPOSALS = 3
TWICE = re.compile(r"(?<![\w’'-])(?!nous|vous)([^\W\d_]{2,}) \1(?![\w’'-])", re.IGNORECASE)
"""« nous nous », « vous vous » are French."""
ELISION = re.compile(r"^(?:[cdjlmnst]|(?:jus|lors|puis|quoi|quel|pres)?qu)['’]", re.IGNORECASE)
FENCE = re.compile(r"`{3,}|~{3,}")
NOT_TEXT = re.compile(
    r"""`[^`]*`
    | <[^>]*>                       # an address or a comment
    | ^\*\[[^\]]*\]:                # the acronym of an abbreviation
    | ^\[\^?[^\]]*\]:\s*\S*         # the target of a reference
    | \[\^[^\]]*\]                  # a call to a note
    | (?<=\])\([^)\s]*              # where a link goes; its title stays
    | \bhttps?://\S+
    | [\w.+-]+[@.]\w[\w.-]*         # an address of mail, a file
    | \[!\w+\]                      # the kind of an encadré
    | [*_~]                         # emphasis
    | (?<![\w’'-])[IVXLC]+(?:e|er|re)?(?![\w’'-])  # a Roman number
    """,
    re.VERBOSE,
)
CODE = re.compile(
    r"\b[a-z_]+:(?=\s|$)|(?<![\w’-])[a-z0-9]+(?:[-/][a-z0-9]+)+(?![\w’-])"
    r"|(?<=[:-] )[a-z]+$|(?<=[\[\s])[a-z]+(?=\]$)"
)
"""Keys of a front matter, slugs and words alone, which are codes."""


class NoDictionary(RuntimeError):
    """hunspell or its French dictionary is not there."""


def main(arguments: Sequence[str]) -> int:
    """Print what may be misspelt, in the order of the files."""
    paths = [Path(name).resolve() for name in arguments] or sorted(CONTENT.rglob("*.md"))
    rows = [(path, *row) for path in paths for row in lines(path.read_text("utf-8-sig"))]
    try:
        unknown = misspelt("\n".join(text for *_, text in rows))
    except NoDictionary:
        sys.stderr.write(f"{MISSING}\n")
        return 2
    named = re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, unknown))})(?!\w)" if unknown else "$^"
    )
    doubles = 0
    for path, number, text in rows:
        place = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        for word in named.finditer(text):
            print(f"{place.as_posix()}:{number}:{word.start() + 1} {unknown[word[0]]}")
        for double in TWICE.finditer(text):
            doubles += 1
            at = f"{place.as_posix()}:{number}:{double.start() + 1}"
            print(f"{at} « {double[1]} » est écrit deux fois de suite")
    print(f"{len(unknown)} mot(s) inconnu(s), {doubles} doublon(s), {len(paths)} fichier(s) lu(s).")
    return 0


def misspelt(text: str) -> dict[str, str]:
    """Words of ``text`` that neither hunspell nor the list knows → « mot → propositions ? ». Raises
    `NoDictionary`."""
    listed = (line.split("#")[0].strip() for line in KNOWN.read_text("utf-8").splitlines())
    with NamedTemporaryFile("w", encoding="utf-8", suffix=".dic") as known:
        known.write("".join(f"{word}\n" for word in listed if word))
        known.flush()
        doubtful = {
            ELISION.sub("", word) for word in hunspell(text, "-l", "-p", known.name).split()
        }
        parts = sorted({part for word in doubtful for part in word.split("-") if len(part) > 1})
        answers = hunspell("".join(f"^{part}\n" for part in parts), "-a", "-p", known.name)
    advice = {}
    for line in answers.splitlines():
        if line[:1] in "&#" and line:
            head, _, proposals = line.partition(": ")
            word, some = head.split()[1], ", ".join(proposals.split(", ")[:PROPOSALS])
            advice[word] = f"{word} → {some} ?" if some else word
    return advice


def hunspell(text: str, *options: str) -> str:
    """What hunspell says of a text. Raises `NoDictionary`."""
    try:
        done = subprocess.run(
            [*COMMAND, *options], input=text, capture_output=True, text=True, check=False
        )
    except (FileNotFoundError, PermissionError):  # PATH may name a folder that is another's
        raise NoDictionary from None
    if done.returncode:
        raise NoDictionary
    return done.stdout


def lines(source: str) -> Iterator[tuple[int, str]]:
    """(line from 1, its text) of a Markdown file; what is not text is blank."""
    fence = ""
    in_front = source.startswith("---\n")
    for number, row in enumerate(source.splitlines(), start=1):
        opened = FENCE.match(row.lstrip())
        if in_front and row.strip() == "---":
            in_front = number == 1
        elif opened and not fence:
            fence = opened[0]
        elif fence:
            fence = "" if row.strip().startswith(fence) else fence
        else:
            for pattern in (CODE, NOT_TEXT) if in_front else (NOT_TEXT,):
                row = pattern.sub(lambda match: " " * len(match[0]), row)
            yield number, row


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
