"""Text of HTML that is ours, or that was cleaned."""

from __future__ import annotations

from portail.late import expression

_TAG = expression(r"<[^>]*>")


def without_tags(html: str) -> str:
    """``html`` without its tags; references stay."""
    return _TAG.sub("", html)
