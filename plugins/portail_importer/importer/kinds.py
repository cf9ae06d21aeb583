"""What contents from elsewhere become here, where nothing says it."""

from portail.model.kinds import Kind

# What takes place.
MEETING = Kind.EVENT
# What one reads.
TEXT = Kind.ARTICLE
# What is lent.
LENT = Kind.RESSOURCE
