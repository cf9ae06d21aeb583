"""Text of HTML that is ours, or that was cleaned."""

from __future__ import annotations

import re

_TAG = re.compile(r"<[^>]*>")


def without_tags(html: str) -> str:
    """``html`` without its tags; references stay."""
    return _TAG.sub("", html)
