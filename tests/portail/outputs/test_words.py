"""Sentences that pages choose among (``data/mots.yml``): each name leads to one, each is used."""

import re
from pathlib import Path

import portail
from portail.outputs.pages.words import WORDS

FROM_KIT = re.compile(r"pages\.words import (?:\([^)]*|[^(\n]*)\bWORDS\b", re.S)
BESIDE = re.compile(r"from \.+words import (?:\([^)]*|[^(\n]*)\bWORDS\b", re.S)
"""How a module takes them."""
THEIRS = r"(?<![\w.])(?:_|SITE_)?WORDS"
"""Neither the sentences of the desk nor those of another table."""
SECTION = re.compile(THEIRS + r"""\[["'](\w+)["']\](?:\[["'](\w+)["']\])?""")
COMPUTED = re.compile(THEIRS + r"""\[["'](\w+)["']\](?:\.|\[[^"'])""")
NAMED = re.compile(r"""^ *(\w+)(?:, (\w+))? = (?:.*, )?(?:\w+\.)?WORDS\["(\w+)"\](?!\[)""", re.M)


def modules():
    """The text of each module that chooses among them."""
    kernel = Path(portail.__file__).parent / "outputs"
    for path in kernel.parent.parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        beside = path.is_relative_to(kernel) and BESIDE.search(text)
        if FROM_KIT.search(text) or beside or 'rows("mots")' in text:
            yield text


def test_each_name_leads_to_a_sentence_and_each_sentence_is_used():
    absent, left = set(), {(name, key) for name, rows in WORDS.items() for key in rows}
    for text in modules():
        asked = {(name, key) for name, key in SECTION.findall(text) if key}
        any_of = {*COMPUTED.findall(text)}
        for *held, name in NAMED.findall(text):
            for one in filter(None, held):
                keys = re.findall(rf"""\b{one}\[["'](\w+)["']\]""", text)
                asked |= {(name, key) for key in keys}
                any_of |= {name} if re.search(rf"""\b{one}(?:\.|,|\)|\[[^"'])""", text) else set()
        sections = {name for name, _ in SECTION.findall(text)}
        absent |= {(name, key) for name, key in asked if name not in WORDS}
        absent |= {(name, key) for name, key in asked if key not in WORDS.get(name, {})}
        left -= {(name, key) for name, key in left if name in sections and f'"{key}"' in text}
        left -= asked | {(name, key) for name, key in left if name in any_of}
    assert absent == set()
    assert left == set()
