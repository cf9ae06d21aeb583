"""Drawings computed without a browser: covers of contents, QR codes, the PNG of a mail."""

COUNT = 24
"""How many drawings there are of each family, on each ground."""
