"""What a mail says: the texts of the form, each in one block of signs, and the words of people.

A block is ``[portail:SIGNS:CHECKSUM]``: SIGNS are, in base64 (RFC 4648, 5), a line that says the
file or the correction, then the text; CHECKSUM is their CRC-32. Mail programs cut, quote, indent
and dress what they send: none of that is in the alphabet of a block, and the checksum tells the
rest. Nothing outside of a block is read as a text of the form.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from collections.abc import Iterable
from itertools import chain
from pathlib import PurePosixPath
from typing import NamedTuple
from zlib import crc32

from bs4 import BeautifulSoup
from bs4.element import NavigableString
from msgspec import Struct, field

from portail.diagnostics import Refused
from portail.terminal.text import counted
from portail.text.normalise import fold

# Texts of a mail, those that it answers too.
_MOST = 20
# What mail programs put among signs: blanks, marks of quotation.
_AMONG = " \t\r\n\f\v>\u00a0\u200b\u00ad\u2028"
_SIGNS = rf"[\w{_AMONG}-]"
_BLOCK = re.compile(rf"\[portail:({_SIGNS}+):({_SIGNS}+)\]", re.ASCII)
_NONE = str.maketrans("", "", _AMONG)
_HEAD = re.compile(r"(?:Fichier|Correction (?P<mark>[0-9a-f]{8})) : (?P<path>\S+)\n")
# Fields that somebody typed or pasted: what is below them has no end that can be told.
_TYPED = re.compile(r"^---[ \t]*\n((?:.*\n){0,400}?titre ?:.*\n(?:.*\n){0,400}?---)[ \t]*$", re.M)
_QUOTED = re.compile(r"^(?:[ \t]*>)+[ \t]?", re.M)
_ASKED = "Me répondre à"
# First words of the head of another mail: an answer goes on with what it answers; a forward, with
# what it forwards.
_ANSWERED = re.compile(
    r"^[ *>]*(?:(?:Le|On|En date) [^\n]{0,30}\d[^\n]{0,150}"
    r"(?:\n(?!\n)[^\n]{0,120}){0,2}?(?:a\n?\s?écrit|wrote)\s*:"
    r"|>? ?Message du \d|-{2,} ?(?:Message d.origine|Original Message)|_{10,}"
    r"|\*?(?:De|From)\*? ?: .*\n(?:.*\n){0,2}?\*?(?:Envoyé|Sent|Date|À|To)\*? ?:)",
    re.MULTILINE,
)
_FORWARDED = re.compile(r"-{2,} ?(?:Forwarded|Message transf|Message transmis)|Début du message")
_HEADS = re.compile(
    r"^[*> ]*(?:De|From|À|A|To|Cc|Date|Envoyé|Sent|Objet|Subject|Répondre à)\*? ?:.*$", re.M
)
_FAREWELL = re.compile(
    r"(?:--\s*$|(?:(?:bien |tres )?cordialement|amicalement|bien a (?:vous|toi)|cdt|cdlt|a bientot"
    r"|(?:belle|bonne) (?:journee|soiree|semaine|reception|fin)|.{0,25}salutations"
    r"|sincerement|respectueusement|merci (?:d'avance|par avance|a vous))\b.{0,40}$"
    r"|(?:envoye|sent|obtenez|telecharge[rz]|get) (?:de|depuis|a partir|avec|from|outlook))"
)
# A line that is nothing but a telephone or an address: of a signature, unless hours are below. What
# stands before is bounded: lines of dashes would be read again from each of them.
_REACHED = re.compile(
    r"^(?:\W{0,40}(?:t[ée]l\w*|port\w*|mobile|mail|[tm])\W{1,40})?"
    r"(?:[+\d][\d .()-]{8,}|[^\s@]+@[^\s@]+)$",
    re.MULTILINE | re.IGNORECASE,
)
_HOUR = re.compile(r"\d ?h(?!\w*[a-z])")
_BLOCKS = "p div li tr blockquote h1 h2 h3 h4 h5 h6 pre hr br".split()
_LINE_ENDS = re.compile(r"[\r\n]")
_LEFT = ["script", "style", "head", "title", "template"]


class Written(NamedTuple):
    """A text that a mail carries."""

    # The name of its file; of a correction, the reference of its content.
    path: PurePosixPath
    text: str
    # Of a correction, what it was written from (``placing.mark_of``): its text has the fields that
    # change alone.
    mark: str = ""
    # Whether it is in what the mail answers.
    quoted: bool = False


class Body(Struct):
    """The words of one mail, in the forms that it gives of them."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        return [*self.plain, *map(text_of_html, self.html)]


class Words(NamedTuple):
    """What somebody wrote in a mail, and what they forward; neither signature nor what they
    answer."""

    own: str
    forwarded: str = ""


def written_in(bodies: Iterable[Body]) -> tuple[list[Written], list[str]]:
    """The texts that the bodies of a mail carry, each once; what remains, in French, which quotes
    nothing of it. Raises ``Refused``."""
    found: dict[tuple[str, str], Written] = {}
    below = 0
    for body in bodies:
        read = [*map(_read, body.texts)]
        for one in chain.from_iterable(texts for texts, _ in read):
            key = (str(one.path), one.text)
            if key not in found or not one.quoted:
                found[key] = one
        below += next((left for texts, left in read if texts), 0)
    if len(found) > _MOST:
        raise Refused(
            f"Ce courriel contient plus de {_MOST} textes : demandez-les en pièces jointes."
        )
    new = {one.path for one in found.values() if not one.quoted}
    kept = [one for one in found.values() if not one.quoted or one.path not in new]
    lines = counted(below, ("ligne", "lignes"))
    return kept, [f"Sous le texte du formulaire, laissé\u00a0: {lines} du courriel."] * (below > 0)


def _read(text: str) -> tuple[list[Written], int]:
    # The texts that one form of a body carries, and how many lines are below the last.
    text = text.replace("\r\n", "\n")
    found = []
    end = 0
    for block in _BLOCK.finditer(text):
        signs, checksum = (part.translate(_NONE) for part in block.groups())
        if f"{crc32(signs.encode()):08x}" != checksum.lower():
            raise Refused("Ce courriel a été abîmé en route : demandez qu’on l’envoie de nouveau.")
        found.append(_carried(signs, quoted=">" in block[0]))
        end = block.end()
    bare = _QUOTED.sub("", text)
    if not found and (typed := _TYPED.search(bare)):
        found = [Written(PurePosixPath("index.md"), f"---\n{typed[1]}\n", quoted=">" in text)]
        text, end = bare, typed.end()
    below = (row.strip(" \t>\u00a0") for row in text[end:].split("\n"))
    return found, sum(bool(row) and not row.startswith(_ASKED) for row in below)


def _carried(signs: str, *, quoted: bool) -> Written:
    try:
        text = urlsafe_b64decode(signs + "=" * (-len(signs) % 4)).decode()
    except ValueError:
        text = ""
    head = _HEAD.match(text)
    if head is None:
        raise Refused("Ce courriel ne vient pas du formulaire du portail.")
    return Written(PurePosixPath(head["path"]), text[head.end() :], head["mark"] or "", quoted)


def prose_in(text: str, *, forward: bool = False) -> Words:
    """What somebody wrote in the text of a mail, and what they forward: all that is below, of a
    mail that is a ``forward``.

    >>> prose_in("16 h 30, pardon !\\n\\nCordialement,\\nZoé\\n\\nLe 3 mai, x a écrit :\\n> 16 h ?")
    Words(own='16 h 30, pardon !', forwarded='')
    >>> prose_in("À diffuser\\n\\n----- Forwarded message -----\\nDe : Zoé\\nDate : lundi\\n\\nBal")
    Words(own='À diffuser', forwarded='Bal')
    """
    text = "\n".join(row.strip() for row in text.replace("\u00a0", " ").splitlines())
    if forwarded := _FORWARDED.search(text) or (_ANSWERED.search(text) if forward else None):
        below = text[forwarded.start() :].partition("\n")[2]
        return Words(
            _signed(text[: forwarded.start()]), _signed(_HEADS.sub("", _QUOTED.sub("", below)))
        )
    return Words(_signed(text))


def _signed(text: str) -> str:
    # A text without what it answers, nor its farewell and what is under that.
    kept: list[str] = []
    rows = text.split("\n")
    hour = max((at for at, row in enumerate(rows) if _HOUR.search(row)), default=-1)
    # At which signs a row begins, and the paragraph ends that was looked at.
    start = looked = 0
    for at, row in enumerate(rows):
        under = "\n".join(rows[at : at + 4])
        if _ANSWERED.match(under) or (kept and _FAREWELL.match(fold(row).strip(",.!"))):
            break
        if kept and not kept[-1] and at > hour and start >= looked:
            looked = text.find("\n\n", start) % (len(text) + 1)
            if _REACHED.search(text[start:looked]):
                break
        if (row or kept) and not row.startswith(">"):
            kept.append(row)
        start += len(row) + 1
    return "\n".join(kept).strip()


# Elements in one another; a newsletter of tables has some fifty. To add to one takes as long as it
# is deep.
_DEEPEST = 500


def text_of_html(html: str) -> str:
    """The lines that a mail in HTML shows, those that it quotes marked as in a plain text."""
    # A comment, or Beautiful Soup takes a mail of one link for an address to fetch, and warns.
    page = BeautifulSoup(f"{html}<!-- -->", "lxml")
    depths = {id(page): 0}
    for tag in page(True):
        depths[id(tag)] = depths[id(tag.parent)] + 1
    if max(depths.values()) > _DEEPEST:  # nested to harm
        return ""
    for left in page(_LEFT):
        left.decompose()
    for text in page(string=_LINE_ENDS):  # nothing, in HTML
        if text.find_parent("pre") is None:
            text.replace_with(_LINE_ENDS.sub(" ", text))
    for block in page(_BLOCKS):
        before = block.previous_sibling
        if isinstance(before, NavigableString) and before.strip():
            block.insert_before("\n")
        block.append("\n")
    for quoted in reversed(page("blockquote")):
        rows = quoted.get_text().strip("\n").split("\n")
        quoted.replace_with("".join(f"> {row}\n" for row in rows))
    return page.get_text().replace("\u00a0", " ").strip("\n")
