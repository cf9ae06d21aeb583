"""What contents from elsewhere become here, where nothing says it."""

from __future__ import annotations

from portail.model.kinds import Kind

MEETING = Kind.EVENT
"""What takes place."""
TEXT = Kind.ARTICLE
"""What one reads."""
LENT = Kind.RESSOURCE
"""What is lent."""
