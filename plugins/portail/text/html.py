"""Text that is already HTML."""

from __future__ import annotations

import html

__all__ = ["SafeHtml", "escape"]


class SafeHtml(str):
    """HTML that needs no further escaping: made by us from escaped text, never from input.

    Template engines recognise it by ``__html__``. Any operation of ``str`` on it (``+``, slices,
    ``format``) gives a plain ``str``, which will be escaped again: safety is never inherited.
    """

    __slots__ = ()

    def __html__(self) -> str:
        """The text itself."""
        return str(self)

    def __repr__(self) -> str:
        return f"SafeHtml({str.__repr__(self)})"


def escape(text: str) -> SafeHtml:
    """``text`` with ``& < > " '`` escaped, fit for an element or a quoted attribute.

    >>> escape('<a title="x">')
    SafeHtml('&lt;a title=&quot;x&quot;&gt;')
    """
    return SafeHtml(html.escape(text, quote=True))
