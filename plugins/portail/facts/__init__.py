"""Statements of contents, worded once for every channel that shows them."""
