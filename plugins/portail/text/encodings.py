"""Bytes that are no UTF-8: how they are read, and what their letters become in another encoding."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from portail.diagnostics import Refused

_USUAL = "éèêàçùëïôû"
# UTF-8 read as Windows-1252, then written so; what could not be read.
_TWICE = "Ã[ \u00a0-\u00bf]|â€[\u0080-\uffff]|\ufffd"
# The same with what only stands beside these: « Â », « Å » are letters of French.
_AGAIN = re.compile("Ã[\u0080-\uffff]|Â[\u00a0-\u00bf]|â€[\u0080-\uffff]|Å[\u0080-\uffff]")
# « é », « è », « ê », « à » of a Macintosh or of DOS, read as Windows-1252.
_OTHER = "(?<=[A-Za-z])[ŽžŠˆ‚ƒ‡‰]|[ŽžŠˆ‚ƒ‡‰](?=[A-Za-z])"
_SHOWN = 20
# What browsers read where these are declared (WHATWG Encoding).
_AS_BROWSERS = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254", "shift_jis": "cp932"}
_WESTERN = ("ascii", "cp1252", "iso8859-1")
# « cœur », « Œuvre », « 5 € » of ISO-8859-15, read as Windows-1252.
_LATIN_9 = re.compile(r"(?<=[^\W\d_])[¼½]|(?<![\d¼½])[¼½](?=[^\W\d_]{2})|\d ?¤")
_OWN = re.compile(rb"[\x80-\x9f]")


def western(data: bytes, errors: str = "replace") -> str:
    r"""Bytes that are no UTF-8, as browsers read them: Windows-1252, but for the signs of
    ISO-8859-15 in a French word.

    >>> western(b"Au c\xbdur, 5 \xa4"), western(b"\xbd heure"), western(b"\x93\xbdil\x94")
    ('Au cœur, 5 €', '½ heure', '“½il”')
    """
    text = data.decode("cp1252", errors)
    latin_9 = _LATIN_9.search(text) and not _OWN.search(data)
    if latin_9:
        return data.decode("iso8859-15")
    return text


def declared(data: bytes, label: str) -> str | None:
    """Bytes that are no UTF-8, in the encoding that they are said to be in; ``None`` if it is
    none.

    >>> declared("Музей".encode("cp1251"), "windows-1251"), declared(b"a", "bidule")
    ('Музей', None)
    """
    with suppress(LookupError, UnicodeError):
        name = codecs.lookup(label).name
        if name in _WESTERN:
            return western(data)
        if not name.startswith("utf"):
            return data.decode(_AS_BROWSERS.get(name, name), "replace")
    return None


def mended(text: str) -> str:
    """``text`` whose letters of UTF-8 were read as Windows-1252, then written so, here and there.

    >>> mended("Lâ€™estran, dâ€™Ã\u00a0 cÃ´tÃ© : Å“uvre"), mended("Â 5 €, « Åse »")
    ('L’estran, d’à côté : œuvre', 'Â 5 €, « Åse »')
    """
    if re.search(_TWICE, text):
        return _AGAIN.sub(_once, text)
    return text


def _once(match: re.Match[str]) -> str:
    with suppress(UnicodeError):
        signs = (sign.encode("latin-1" if sign < "\u0100" else "cp1252") for sign in match[0])
        return b"".join(signs).decode()
    return match[0]


def readable(text: str, name: str, *, western: bool = False) -> str:
    """``text``, that of the file ``name``, mended; ``western`` where its bytes are read as
    Windows-1252.

    Raises ``Refused`` where more letters of it are misread than have their accents.
    """
    if text.isascii():
        return text
    text = mended(text)
    misread = [*re.finditer(f"{_TWICE}|{_OTHER}" if western else _TWICE, text)]
    if len(misread) > sum(map(text.count, _USUAL)):
        at = misread[0].start()
        before = text[max(0, at - _SHOWN) : at].split(" ")[-1]
        after = text[at : at + _SHOWN].split()[0]
        shown = (before + after).split("\n")[-1]
        raise Refused(
            f"« {name} » se lit mal (« {shown} »)\u00a0: ses lettres accentuées ne sont ni en "
            "UTF-8 ni en Windows-1252. Enregistrez-le de nouveau, en UTF-8."
        )
    return text
