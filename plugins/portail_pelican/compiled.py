"""Templates compiled once for all builds: into Python, which Python keeps as it does its modules.

What a template compiles to depends on its source, on Jinja and on the code below, on nothing of a
portal: no filter is applied to a constant meanwhile. So those of the theme are compiled when the
wheel is made, or by the first build of a checkout; those of an instance, once, for its cache.
"""

from __future__ import annotations

import shutil
import sys
from contextlib import suppress
from functools import cached_property, lru_cache
from importlib.machinery import SourceFileLoader
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
import markupsafe
from jinja2 import BytecodeCache, Environment, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from portail.files import atomic_write, digest_of
from portail.resources import compiled_dir, is_checkout, theme_dir
from portail.text import almanac, spaces

_FOLDER = "gabarits-"
_SPOILT = (OSError, SyntaxError, EOFError, ValueError, TypeError, ImportError)
_KEPT = 8  # environments: a handful of sites, or of settings that change under ``-r``

_OPTIONS = """block_start_string block_end_string variable_start_string variable_end_string
    comment_start_string comment_end_string line_statement_prefix line_comment_prefix trim_blocks
    lstrip_blocks newline_sequence keep_trailing_newline optimized autoescape finalize undefined
    sandboxed is_async""".split()


class Compiled(BytecodeCache):
    """The compiled templates of ``environment``: in memory, in ``shared``, where those of the theme
    are for all portals, and in the cache of an instance, once it is given."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self.shared = compiled_dir()
        self._cache: Path | None = None

    def keep_in(self, cache: Path, *, clean: bool = False) -> None:
        """Keep in a folder of ``cache`` what is not in ``shared``; what other code kept there goes.
        ``clean``: all does."""
        self._cache = cache / f"{_FOLDER}{self._key}"
        for path in cache.glob(f"{_FOLDER}*"):
            if clean or path != self._cache:
                shutil.rmtree(path, ignore_errors=True)

    @cached_property
    def _key(self) -> str:
        """Digest of all that codes depend on but their sources; asked once all has been added."""
        environment = self._environment
        options = [repr(getattr(environment, name)) for name in _OPTIONS]
        added = {**environment.filters, **{f"is {k}": v for k, v in environment.tests.items()}}
        wants = {name: getattr(one, "jinja_pass_arg", None) for name, one in added.items()}
        asked = [f"{name} {wants[name]}" for name in sorted(wants) if wants[name]]
        extensions = [sys.modules[type(one).__module__] for one in environment.iter_extensions()]
        modules = (sys.modules[__name__], spaces, almanac, *extensions)
        code = [Path(module.__file__ or "").read_bytes() for module in modules]
        return digest_of(jinja2.__version__, *options, *asked, *code)

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """See ``jinja2.BytecodeCache``; what is not compiled yet is at once."""
        bucket = Bucket(environment, name, self.get_source_checksum(source))
        codes = _codes(self._key)
        code = codes.get((name, bucket.checksum)) or self._found(name, bucket.checksum)
        if code is None:
            python = str(environment.compile(source, name, filename, raw=True))
            python += f"\n{_mark(bucket.checksum)} = True\n"
            self._keep(name, filename, python)
            code = compile(python, name, "exec")
        codes[name, bucket.checksum] = code
        bucket.code = code.replace(co_filename=filename or "<template>")
        return bucket

    def _found(self, name: str, checksum: str) -> CodeType | None:
        for folder in filter(None, (self.shared / self._key, self._cache)):
            with suppress(*_SPOILT):
                code = SourceFileLoader(name, str(folder / _file(name))).get_code(name)
                if code and _mark(checksum) in code.co_names:  # else of another source, or cut
                    return code
        return None

    def _keep(self, name: str, filename: str | None, python: str) -> None:
        ours = is_checkout() and Path(filename or "").is_relative_to(theme_dir())
        if folder := self.shared / self._key if ours else self._cache:
            with suppress(OSError):  # it is compiled again
                file = folder / _file(name)
                atomic_write(file, python.encode(), durable=False)
                # Python tells its bytecode by the second and the size of its source alone.
                Path(cache_from_source(file)).unlink(missing_ok=True)


def _file(name: str) -> str:
    return f"{name.replace('/', '+')}.py"


def _mark(checksum: str) -> str:
    """The last name that a compiled template gives: that of its source."""
    return f"source_{checksum}"


def shorten(environment: Environment) -> None:
    """Have what is marked up written as it is, macros called straight, and the names that each
    import compares in one table: Jinja looks at each value, each call, each name in turn. Constants
    are asked when a page is drawn: a filter may read settings."""
    environment.context_class = _Context
    environment.optimized = False
    environment.code_generator_class = _Code
    environment.shown = _shown  # type: ignore[attr-defined]
    environment.make_globals = lambda d: {**environment.globals, **(d or {})}  # type: ignore[method-assign]


_escaped = getattr(markupsafe, "_escape_inner", escape)
"""Text as text: what a template writes is joined at once, and to mark each piece costs more."""


def _shown(value: Any) -> Any:
    kind = type(value)
    if kind is Markup:
        return value
    return _escaped(value) if kind is str else escape(value)


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

    def _output_child_to_const(self, node: nodes.Expr, *others: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, *others)


@lru_cache(_KEPT)
def _codes(key: str) -> dict[tuple[str, str], CodeType]:
    """Code by template and digest of its source, for environments of one ``key``."""
    return {}
