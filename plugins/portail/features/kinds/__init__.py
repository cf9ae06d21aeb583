"""What people write: each kind of contents, and what an event or an article may also say. May need
``services``."""
