"""Exceptions of Portail: for bugs and broken environments, never for a contributor's mistake.

A mistake in content is a value (see ``portail.diagnostics``). The tree::

    PortailError
    ├── ConfigError   (ValueError)    raised while reading settings
    ├── DataError     (ValueError)    raised while reading ``data/`` tables
    ├── PlanError     (RuntimeError)  raised when a plan cannot be carried out
    └── CacheError    (OSError)       raised by the stores under ``.cache/``
"""

from __future__ import annotations

__all__ = ["CacheError", "ConfigError", "DataError", "PlanError", "PortailError"]


class PortailError(Exception):
    """Base of every exception that Portail raises on purpose."""


class ConfigError(PortailError, ValueError):
    """A setting is missing, unknown or malformed; the text says what to write instead."""


class DataError(PortailError, ValueError):
    """A reference table under ``data/`` is missing or malformed."""


class PlanError(PortailError, RuntimeError):
    """The plan of the site cannot be carried out (missing template, failed producer)."""


class CacheError(PortailError, OSError):
    """A store under ``.cache/`` cannot be read or written."""
