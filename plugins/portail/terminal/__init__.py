"""Texts and reports on a terminal, in a log of a forge or as JSON."""
