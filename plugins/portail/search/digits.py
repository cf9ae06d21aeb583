"""The texts of digits that files of the search hold (``text.digits``)."""

from __future__ import annotations

from portail.text.digits import digits

__all__ = ["digits"]
