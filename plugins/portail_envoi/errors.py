"""What stops a sending: never the mistake of one recipient, which is an outcome."""

from __future__ import annotations

from portail.errors import PortailError

__all__ = ["SendingError"]


class SendingError(PortailError, RuntimeError):
    """The sending cannot begin, or cannot go on; the text says what was done and what to do."""
