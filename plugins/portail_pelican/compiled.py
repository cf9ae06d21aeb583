"""Templates compiled once: for all the builds of a process, and from one process to the next."""

from __future__ import annotations

import shutil
from collections.abc import Hashable
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from pickle import UnpicklingError
from types import CodeType
from typing import Any

import pelican
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape
from pelican.utils import DateFormatter

from portail.files import atomic_write, digest_of

_FOLDER = "gabarits-"
_SPOILT = (OSError, UnpicklingError, EOFError, ValueError, AttributeError)
_KEPT = 8  # environments: a handful of sites, or of settings that change under ``-r``

_OPTIONS = """block_start_string block_end_string variable_start_string variable_end_string
    comment_start_string comment_end_string line_statement_prefix line_comment_prefix trim_blocks
    lstrip_blocks newline_sequence keep_trailing_newline optimized autoescape finalize undefined
    sandboxed is_async""".split()


class Compiled(BytecodeCache):
    """The compiled templates of ``environment``, kept in memory; ``salts`` stand for the filters
    and tests that it is given afterwards. Jinja compares sources, but code also depends on options,
    extensions, filters and tests, which may be applied to constants while compiling."""

    def __init__(self, environment: Environment, *salts: Hashable) -> None:
        options = tuple(getattr(environment, name) for name in _OPTIONS)
        added = {**environment.filters, **{f"is {k}": v for k, v in environment.tests.items()}}
        functions = frozenset((name, _identity(function)) for name, function in added.items())
        self._codes = _codes(options, functions, tuple(environment.extensions), *salts)
        self.folder: Path | None = None

    def keep_in(self, cache: Path, salt: str, *, clean: bool = False) -> None:
        """Keep codes in a folder of ``cache`` too; ``salt`` stands for all that they depend on but
        their source, Jinja and Python, which are in each file. ``clean``: what was kept goes."""
        self.folder = cache / f"{_FOLDER}{digest_of(salt, pelican.__version__)}"
        for path in cache.glob(f"{_FOLDER}*"):
            if clean or path != self.folder:
                shutil.rmtree(path, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)

    def load_bytecode(self, bucket: Bucket) -> None:
        """See ``jinja2.BytecodeCache``."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))
        if bucket.code is None and self.folder:
            with suppress(*_SPOILT), (self.folder / bucket.key).open("rb") as file:
                bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """See ``jinja2.BytecodeCache``."""
        if bucket.code:
            self._codes[bucket.key, bucket.checksum] = bucket.code
            if self.folder:
                with suppress(OSError):  # it is compiled again
                    data = bucket.bytecode_to_string()
                    atomic_write(self.folder / bucket.key, data, durable=False)


def shorten(environment: Environment) -> None:
    """Have what is marked up written as it is, macros called straight, and the names that each
    import compares in one table: Jinja looks at each value, each call, each name in turn."""
    environment.context_class = _Context
    environment.code_generator_class = _Code
    environment.shown = lambda value: value if type(value) is Markup else escape(value)  # type: ignore[attr-defined]
    environment.make_globals = lambda d: {**environment.globals, **(d or {})}  # type: ignore[method-assign]


class _Context(Context):
    def call(self, function: Any, /, *arguments: Any, **named: Any) -> Any:
        if type(function) is not Macro:
            return super().call(function, *arguments, **named)
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return function(*arguments, **named)


class _Code(CodeGenerator):
    def write(self, x: str) -> None:
        super().write("environment.shown(" if x == "escape(" else x)


def _identity(function: object) -> Hashable:
    """A filter itself, but for those that the host makes anew in every environment."""
    if isinstance(function, DateFormatter):
        return DateFormatter, function.locale
    if isinstance(function, partial) and "plugin_list" in function.keywords:  # « plugin_enabled »
        return function.func, *map(str, function.keywords["plugin_list"])
    return function


@lru_cache(_KEPT)
def _codes(*environment: Hashable) -> dict[tuple[str, str], CodeType]:
    """Code by template and digest of its source, for one environment."""
    return {}
