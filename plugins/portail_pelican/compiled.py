"""Templates compiled once in a process, however many times it builds: ``portail serve``, tests."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache, partial
from types import CodeType

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from pelican.plugins._utils import plugin_enabled
from pelican.utils import DateFormatter

__all__ = ["Compiled"]

_KEPT = 8  # environments: a handful of sites, or of settings that change under ``-r``

_OPTIONS = (
    "block_start_string", "block_end_string", "variable_start_string", "variable_end_string",
    "comment_start_string", "comment_end_string", "line_statement_prefix", "line_comment_prefix",
    "trim_blocks", "lstrip_blocks", "newline_sequence", "keep_trailing_newline", "optimized",
    "autoescape", "finalize", "undefined", "sandboxed", "is_async",
)  # fmt: skip


class Compiled(BytecodeCache):
    """What the templates of ``environment`` compile to, kept in memory.

    Jinja compares sources. The rest that code depends on is the environment: its options, its
    extensions and the filters and tests that it has *when this is made*, which may be applied to
    constants while compiling. ``given`` stands for those added afterwards.
    """

    def __init__(self, environment: Environment, *given: Hashable) -> None:
        options = tuple(getattr(environment, name) for name in _OPTIONS)
        added = {**environment.filters, **{f"is {k}": v for k, v in environment.tests.items()}}
        told = frozenset((name, _told(one)) for name, one in added.items())
        self._codes = _codes(options, told, tuple(environment.extensions), *given)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the bucket its code, if known: see ``jinja2.BytecodeCache``."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the bucket's code: see ``jinja2.BytecodeCache``."""
        if bucket.code:
            self._codes[bucket.key, bucket.checksum] = bucket.code


def _told(function: object) -> Hashable:
    """What a filter is in every environment: itself, but for those that the host makes anew."""
    if isinstance(function, DateFormatter):
        return DateFormatter, function.locale
    if isinstance(function, partial) and function.func is plugin_enabled:
        return plugin_enabled, *map(str, function.keywords["plugin_list"])
    return function


@lru_cache(_KEPT)
def _codes(*environment: Hashable) -> dict[tuple[str, str], CodeType]:
    """Code by template and digest of its source, for one environment."""
    return {}
