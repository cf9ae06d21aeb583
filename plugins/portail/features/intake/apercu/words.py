"""Words of a preview: differences between two texts, phrases, Markdown of strangers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

from portail.terminal.text import counted, safe
from portail.text.addresses import is_address
from portail.text.normalise import one_line, with_newlines

from .story import Fiche, Story

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
# A longer text is compared as a whole: a contributor must not choose how long this takes.
_MOST_WORDS = 4_000
_MOST_BLOCKS = 1_500
_EXACT = 400
_SHOWN = 60


class Piece(NamedTuple):
    """Words, and whether they changed."""

    texte: str
    change: bool


class Row(NamedTuple):
    """A block of a page; without pieces, blocks that are not shown since they are the same."""

    pieces: tuple[Piece, ...]


def changed_rows(
    before: Sequence[str], after: Sequence[str]
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The blocks that changed, on both sides, each after the unchanged one that precedes it.

    >>> changed_rows(["Ouvert.", "De 10 h à 17 h."], ["Ouvert.", "De 10 h à 18 h."])[1][1].pieces
    (Piece(texte='De 10 h à ', change=False), Piece(texte='18', change=True), \
Piece(texte=' h.', change=False))
    """
    old = list(before[:_MOST_BLOCKS])
    new = list(after[:_MOST_BLOCKS])
    left = []
    right = []
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) > _EXACT)
    reached = 0
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        if a > 0 and a > reached:
            gap = []
            if a - reached > 1:
                gap = [Row(())]
            left += [*gap, Row((Piece(old[a - 1], False),))]
            right += [*gap, Row((Piece(new[c - 1], False),))]
        for was, now in zip_longest(old[a:b], new[c:d]):
            mine, theirs = _pair(was, now)
            left += mine
            right += theirs
        reached = b
    return tuple(left[:_SHOWN]), tuple(right[:_SHOWN])


def _pair(was: str | None, now: str | None) -> tuple[list[Row], list[Row]]:
    old = _TOKENS.findall(was or "")
    new = _TOKENS.findall(now or "")
    if was is None or now is None or max(len(old), len(new)) > _MOST_WORDS:
        mine, theirs = (
            [Row((Piece(text, True),))] if text is not None else [] for text in (was, now)
        )
        return mine, theirs
    codes = SequenceMatcher(None, old, new, autojunk=len(new) > _EXACT).get_opcodes()
    before_words = _joined((tag != "equal", "".join(old[a:b])) for tag, a, b, _, _ in codes)
    right = _joined((tag != "equal", "".join(new[c:d])) for tag, _, _, c, d in codes)
    return [before_words], [right]


def _joined(parts: Iterator[tuple[bool, str]]) -> Row:
    # Pieces, those that only a blank parts joined: « 10 h à 17 h » reads better than words.
    pieces: list[Piece] = []
    for change, text in parts:
        if not text:
            continue
        if pieces and pieces[-1].change == change:
            pieces[-1] = Piece(pieces[-1].texte + text, change)
        elif len(pieces) > 1 and change and pieces[-2].change and not pieces[-1].texte.strip():
            blank = pieces.pop().texte
            pieces[-1] = Piece(pieces[-1].texte + blank + text, True)
        else:
            pieces.append(Piece(text, change))
    return Row(tuple(pieces))


# Sentences that the page and the comment share: all ours, but for what they quote.

_NEW = {True: "nouvelle", False: "nouveau"}
_DONE = {"modifie": "modifié", "renomme": "renommé", "retire": "retiré"}
_SORTS = {"nouveau": ("nouveau", "nouveaux")}
_SORTS |= {sort: (word, f"{word}s") for sort, word in _DONE.items()}
_VOWELS = "aâeéèêiîoôuh"


def counts(story: Story) -> str:
    """« 1 nouveau, 1 modifié, 1 à corriger »; each content is counted once."""
    numbers: Counter[str] = Counter(fiche.sorte for fiche in story.ready)
    words = [counted(numbers[sort], nouns) for sort, nouns in _SORTS.items() if numbers[sort]]
    if story.faulty:
        words += [f"{len(story.faulty)} à corriger"]
    return ", ".join(words) or "Rien ne change"


def change_of(fiche: Fiche) -> str:
    if fiche.sorte == "nouveau":
        vowel = fiche.nom[:1] in _VOWELS and not fiche.une
        return f"{'nouvel' if vowel else _NEW[fiche.une]} {fiche.nom}"
    if fiche.sorte == "touche":
        return f"{fiche.nom} touché{'e' * fiche.une} par un autre changement"
    return f"{fiche.nom} {_DONE[fiche.sorte]}{'e' * fiche.une}"


def state_of(fiche: Fiche) -> str:
    if fiche.erreurs:
        return counted(len(fiche.erreurs), ("erreur", "erreurs"))
    return fiche.etat or "prêt"


def intro(story: Story) -> str:
    ready = len(story.ready)
    faulty = len(story.faulty)
    parts = []
    if ready:
        parts = [f"**{counted(ready, ('contenu prêt', 'contenus prêts'))}**"]
    # Alone, the number needs its noun.
    mend = "à corriger" if ready else f"contenu{'s' * (faulty > 1)} à corriger"
    if faulty:
        parts += [f"**{faulty} {mend}**"]
    return f"Votre proposition contient {' et '.join(parts)}."


# Text of strangers in the Markdown of GitHub and GitLab: it can neither format, link, call someone
# (``@``), name another request (``#``), hide, nor leave its place. Forges look for names, numbers
# and URLs in the HTML they have made, where an entity is a plain character again: only code keeps
# them from it. Nothing invisible is added, since what is shown may be copied.

_LIMIT = 300
_CALLS = re.compile(
    # Names, numbers and labels of GitHub (@, #) and GitLab (! $ ~ % & ^ *), then emoji.
    r"[@#!$~%&^*][\w\"'{\[-]|:[\w+-]+:|://|\w@|[wW]{3}\."
    # GH-12, and the keys of other trackers; digests of commits.
    r"|[A-Za-z_]\w*-\d|[0-9a-fA-F]{7}"
)
# A bar would close the cell of a table, in code too.
# A word, or several between marks: what is to be copied stays in one piece.
_WORD = re.compile(r"(\*{1,3}|~~)[^\s|*~][^|*~]{0,80}\1|[^\s|]+")
_BEFORE = "«(\"'["
_AFTER = "».,;?)\"']"
# A colon or an exclamation mark that a blank follows begins nothing.
_SPECIAL = re.compile("[^A-Za-z0-9 \u00a0\u202f.,;?’…«»()%+=/:!-]|[:!](?![ \u00a0]|$)")
_LINE_ENDS = str.maketrans("\u2028\u2029", "  ")


def inline(text: str, limit: int = _LIMIT) -> str:
    """``text`` on a line of at most ``limit`` characters, for prose and cells of tables: what
    a forge would make a link or a call of is in code.

    >>> inline("<b>*Merci* | à @redaction, #12")
    '`<b>*Merci*` &#124; à `@redaction`, `#12`'
    """
    text = _line(text, limit)
    pieces = []
    end = 0
    for word in _WORD.finditer(text):
        if _CALLS.search(word[0]):
            pieces += [_escaped(text[end : word.start()]), _coded(word[0])]
            end = word.end()
    return "".join((*pieces, _escaped(text[end:])))


def _line(text: str, limit: int) -> str:
    text = safe(one_line(text[: 4 * limit].translate(_LINE_ENDS)).strip())
    if len(text) <= limit:
        return text
    return f"{text[: limit - 1]}…"


def _coded(word: str) -> str:
    # A word in code, the marks around it left outside where it calls nobody then.
    inside = word.lstrip(_BEFORE).rstrip(_AFTER)
    before, _, after = word.partition(inside) if inside else ("", "", "")
    if not _CALLS.search(inside):
        before = ""
        inside = word
        after = ""
    return f"{_escaped(before)}{code(inside)}{_escaped(after)}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda sign: sign[0] if sign[0].isalnum() else f"&#{ord(sign[0])};", text)


def code(text: str, limit: int = _LIMIT) -> str:
    """``text`` as a span of code, not for the cell of a table, which a bar would close.

    >>> code("a`b"), code("content/a.md")
    ('`` a`b ``', '`content/a.md`')
    """
    text = _line(text, limit) or " "
    fence = "`" * (_longest(text) + 1)
    if "`" in text:
        return f"{fence} {text} {fence}"
    return f"{fence}{text}{fence}"


def block(text: str, language: str = "yaml") -> str:
    """``text`` as a block to copy, without the characters that hide or turn others round.

    >>> block("a: b")
    '```yaml\\na: b\\n```'
    """
    lines = [_clean(line) for line in with_newlines(text.strip("\r\n")).split("\n")]
    fence = "`" * max(3, _longest("\n".join(lines)) + 1)
    return "\n".join([f"{fence}{language}", *lines, fence])


def link(text: str, url: str) -> str:
    """A link, ``text`` being ours; the text alone when ``url`` is not http(s), percent-encoded."""
    whole = is_address(url) and set("()[]'`\\|").isdisjoint(url)
    if whole:
        return f"[{text}]({url})"
    return text


def _longest(text: str) -> int:
    longest = 0
    while "`" * (longest + 1) in text:
        longest += 1
    return longest


def _clean(line: str) -> str:
    hidden = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    return "".join(c for c in line.replace("\t", "    ") if unicodedata.category(c) not in hidden)
