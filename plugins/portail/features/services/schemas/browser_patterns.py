"""Regular expressions of Python in the language of browsers."""

from __future__ import annotations

import re


def in_a_browser(pattern: re.Pattern[str]) -> list[str]:
    """Source and flags of ``pattern`` for JavaScript, which has no possessive repetition and for
    which ``\\w`` and ``\\b`` are of ASCII alone."""
    source = pattern.pattern.replace("*+", "*").replace("++", "+")
    source = re.sub(r"\\b(?=[a-z(])", r"(?<![\\p{L}\\p{N}_])", source)
    source = source.replace(r"\b", r"(?![\p{L}\p{N}_])")
    for ours, theirs in (
        (r"[^\W\d_]", r"\p{L}"),
        (r"[^\W_]", r"[\p{L}\p{N}]"),
        (r"[\W_]", r"[^\p{L}\p{N}]"),
        (r"\w", r"\p{L}\p{N}_"),
        (r"\Z", "$"),
        (r"\"", '"'),
    ):
        source = source.replace(ours, theirs)
    return [source, "iu" if pattern.flags & re.IGNORECASE else "u"]
