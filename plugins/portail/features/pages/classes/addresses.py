"""Addresses of what a class may book."""

from __future__ import annotations

CLASSES = "/classes/"
"""What a class may book."""
