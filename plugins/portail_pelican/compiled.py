"""Templates compiled once for all builds, into Python, by a generator of code of our own.

Jinja looks at each value, each call and each name in turn: sixty cards take 1.07 ms by the code
that it makes, 0.25 ms by this one. What a template means stays what Jinja says
(``tests/portail_pelican/test_compiled.py``). No-break spaces are put in at the same time: at once
in the words of a template, by a filter in the values that it shows.

Templates depend on their source, on Jinja and on the code below, on nothing of a portal: those of
the theme are compiled with the wheel, those of an instance by each run. Compiled, they are code: no
cache that others write may hold any.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache, cached_property, lru_cache, partial
from importlib.machinery import SourceFileLoader
from importlib.util import cache_from_source
from pathlib import Path
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType
from typing import Any

import jinja2
import markupsafe
from jinja2 import BytecodeCache, Environment, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context, Macro, markup_join
from jinja2.utils import missing
from markupsafe import Markup, escape

from portail.files import atomic_write, digest_of
from portail.late import expression
from portail.resources import brought, compiled_dir, folders_of, is_checkout
from portail.text import almanac, spaces
from portail.text.spaces import after_number, bound, seen

# Elements whose text is no prose, or is read by something else than eyes.
_RAW = frozenset(("script", "style", "pre", "code", "textarea", "title"))
# The value of an attribute may be alone, in a macro: it ends where another piece of text does.
_PIECES = expression(r"""(<!--|-->|</?[A-Za-z][\w-]*|>|=(?:"[^"<>]*(?:"|\Z)|'[^'<>]*(?:'|\Z)))""")


class Bound(Extension):
    """Has templates of pages bind spaces (``portail.text.spaces``) as they are compiled: literal
    text at once, values by the filter ``espaces``. Tags and their attributes are left alone."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """The tokens of a template, its texts bound; ``stream`` itself for what is no page."""
        name = stream.name or ""
        if not name.endswith(".html"):
            return stream
        # A mail that was sent is drawn as it was.
        return _tokens(stream, bound if name.startswith("courriel/") else seen)


def _tokens(stream: TokenStream, bind: Callable[[str], str]) -> Iterator[Token]:
    place = _Place(bind)
    filter_name = _FILTERS[bind]
    after_value = False
    for token in stream:
        if token.type == "data":
            yield Token(token.lineno, "data", place.bind(token.value, after_value))
        elif token.type == "variable_begin" and place.is_prose:
            yield token
            yield Token(token.lineno, "lparen", "(")
        elif token.type == "variable_end" and place.is_prose:
            yield Token(token.lineno, "rparen", ")")
            yield Token(token.lineno, "pipe", "|")
            yield Token(token.lineno, "name", filter_name)
            yield token
        else:
            yield token
        after_value = token.type == "variable_end"


class _Place:
    """Where a template is, as it goes along: in a tag, in an element that holds no prose, in an
    attribute that a macro writes (``raw`` is then its quote)."""

    def __init__(self, bind: Callable[[str], str]) -> None:
        self.bound = bind
        self.tag = ""
        self.raw = ""

    @property
    def is_prose(self) -> bool:
        return not self.tag and not self.raw

    def bind(self, data: str, after_value: bool) -> str:
        if self.raw in ("'", '"'):
            value, quote, following = data.partition(self.raw)
            if not quote:
                return data
            self.raw = ""
            return value + quote + self.bind(following, after_value=False)
        pieces = _PIECES.split(data)
        for index, piece in enumerate(pieces):
            if index % 2:
                self._pass(piece)
            elif self.is_prose and piece:
                text = after_number(piece) if after_value and not index else piece
                pieces[index] = self.bound(text)
        return "".join(pieces)

    def _pass(self, sign: str) -> None:
        if sign[0] == "=":
            is_open = self.is_prose and sign.count(sign[1]) < 2
            if is_open:
                self.raw = sign[1]
        elif sign == "<!--":
            self.raw = self.raw or sign
        elif sign == "-->":
            if self.raw == "<!--":
                self.raw = ""
        elif sign != ">":
            self.tag = sign
        elif self.tag:
            name = self.tag.lstrip("</").lower()
            if self.tag.startswith("</"):
                if self.raw == name:
                    self.raw = ""
            elif name in _RAW:
                self.raw = self.raw or name
            self.tag = ""


def espaces(value: object) -> object:
    """``value`` as a page shows it: plain text with its spaces bound, a mail address cut before « @
    ».
    """
    if type(value) is not str:
        return value
    text = seen(value)
    if "@" in text:
        return cut_at(escape(text))
    return text


def espaces_courriel(value: object) -> object:
    """The same in a mail, whose addresses are left alone."""
    if type(value) is str:
        return bound(value)
    return value


_AT = expression(r"(?<=[\w.+-])@(?=[\w-]+\.)")


def cut_at(shown: str) -> Markup:
    """``shown``, HTML, where a line may end before the « @ » of a mail address."""
    return Markup(_AT.sub(r"<wbr>@", shown) if "@" in shown else shown)  # noqa: S704


FILTERS = {"espaces": espaces, "espaces_courriel": espaces_courriel}
_FILTERS: Mapping[Callable[[str], str], str] = {seen: "espaces", bound: "espaces_courriel"}


_SPOILT = (OSError, SyntaxError, EOFError, ValueError, TypeError, ImportError)
_REMEMBERED = 8_192  # texts: the same come back from page to page
_KEPT = 8  # environments: a handful of sites, or of settings that change under ``-r``

_OPTIONS = """block_start_string block_end_string variable_start_string variable_end_string
    comment_start_string comment_end_string line_statement_prefix line_comment_prefix trim_blocks
    lstrip_blocks newline_sequence keep_trailing_newline optimized autoescape finalize undefined
    sandboxed is_async""".split()


class Compiled(BytecodeCache):
    """The compiled templates of ``environment``: in memory, and in ``shared``, beside the code of
    Portail, where those of the theme are for all portals."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self.shared = compiled_dir()

    @cached_property
    def _key(self) -> str:
        environment = self._environment
        options = [repr(getattr(environment, name)) for name in _OPTIONS]
        added = {**environment.filters, **{f"is {k}": v for k, v in environment.tests.items()}}
        wants = {
            name: getattr(function, "jinja_pass_arg", None) for name, function in added.items()
        }
        asked = [f"{name} {wants[name]}" for name in sorted(wants) if wants[name]]
        extensions = [
            sys.modules[type(extension).__module__] for extension in environment.iter_extensions()
        ]
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
        with suppress(*_SPOILT):
            file = self.shared / self._key / _file(name)
            code = SourceFileLoader(name, str(file)).get_code(name)
            if code and _mark(checksum) in code.co_names:  # else of another source, or cut
                return code
        return None

    def _keep(self, name: str, filename: str | None, python: str) -> None:
        if is_checkout() and any(map(Path(filename or "").is_relative_to, _ours())):
            with suppress(OSError):  # it is compiled again
                file = self.shared / self._key / _file(name)
                atomic_write(file, python.encode(), durable=False)
                # Python tells its bytecode by the second and the size of its source alone.
                Path(cache_from_source(file)).unlink(missing_ok=True)


@cache
def _ours() -> tuple[Path, ...]:
    return folders_of(brought("theme"))


def _file(name: str) -> str:
    return f"{name.replace('/', '+')}.py"


def _mark(checksum: str) -> str:
    return f"source_{checksum}"


def shorten(environment: Environment) -> None:
    """Have what is marked up written as it is, macros and attributes asked straight, and the names
    that each import compares in one table: Jinja looks at each value, each call, each name in turn.
    Constants are asked when a page is drawn: a filter may read settings."""
    environment.context_class = _Context
    environment.optimized = False
    environment.code_generator_class = _Code
    added = {"shown": _shown, "bound": _bound, "joined": _joined, "Macro": _Macro}
    for name, value in {**added, "together": _Together}.items():
        setattr(environment, name, value)
    environment.make_globals = lambda d: {**environment.globals, **(d or {})}  # type: ignore[method-assign]
    for name, function in environment.filters.items():
        if hasattr(function, "jinja_async_variant"):
            environment.filters[name] = function.__wrapped__


# Text as text: what a template writes is joined at once, and to mark each piece costs more.
_escaped = getattr(markupsafe, "_escape_inner", escape)


def _shown(value: Any) -> Any:
    if type(value) is str:
        return _escaped(value)
    if hasattr(value, "__html__"):
        return value.__html__()
    return _escaped(str(value))


def _bound(value: Any) -> Any:
    if type(value) is str:
        return _remembered(value)
    return _shown(value)


@lru_cache(_REMEMBERED)
def _remembered(text: str) -> Any:
    return _shown(espaces(text))


def _joined(parts: tuple[Any, ...]) -> str:
    for part in parts:
        if type(part) is not str:
            return markup_join(parts)
    return "".join(parts)


class _Together:
    """Where a template hands on what it writes: as a list is added to."""

    append = staticmethod(str)
    extend = "".join


class _Macro(Macro):
    """A macro that is called straight where it has a place for each argument."""

    def __init__(self, environment: Environment, *others: Any) -> None:
        super().__init__(environment, *others)
        special = self.caller or self.catch_kwargs or self.catch_varargs
        self._places = len(self.arguments) if not special and self._default_autoescape else -1
        self._missing = (missing,) * len(self.arguments)

    def __call__(self, *given: Any, **named: Any) -> Any:
        count = len(given)
        unset = self._missing[count:]
        if named:
            following = self.arguments[count:]
            unset = tuple([named.get(name, missing) for name in following])
        if count > self._places or (named and not named.keys() <= {*following}):
            return super().__call__(*given, **named)
        return marked(self._func(*given, *unset))


# HTML as such: ``Markup`` would look first whether it is.
marked = partial(str.__new__, Markup)


class _Context(Context):
    def call(
        self,
        function: Any,
        /,
        *given: Any,
        _loop_vars: Any = None,
        _block_vars: Any = None,
        **named: Any,
    ) -> Any:
        if type(function) is _Macro or (
            type(function) in _PLAIN and not hasattr(function, "jinja_pass_arg")
        ):
            return function(*given, **named)
        around = {"_loop_vars": _loop_vars, "_block_vars": _block_vars}
        return super().call(function, *given, **around, **named)


_PLAIN = frozenset((BuiltinFunctionType, FunctionType, MethodType))


class _Code(CodeGenerator):
    """Whether a value is marked up, and whether an attribute is there, are seen in place; values
    that follow each other are handed on together, through all blocks that a page is in."""

    _outer: nodes.Expr | None = None

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        buffer = frame.buffer
        if buffer is None and len(node.nodes) > 1:
            frame.buffer = "yield environment.together"
        super().visit_Output(node, frame)
        frame.buffer = buffer

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super().visit_Concat(node, frame)
            return
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def _output_child_to_const(self, node: nodes.Expr, *others: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, *others)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_pre(node, frame, finalize)
        else:
            self._outer = node
            self.write("(_v if type(_v := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if self._outer is not node:
            super()._output_child_post(node, frame, finalize)
        else:
            shown = "bound" if _binds(node) else "shown"
            self.write(f") is Markup else environment.{shown}(_v))")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:
        if node is self._outer and node.node and _binds(node):
            self.visit(node.node, frame)
        else:
            super().visit_Filter(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.write("(_v if (_v := getattr(_of := ")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r}, missing)) is not missing else ")
        self.write(f"environment.getattr(_of, {node.attr!r}))")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write("environment.")
        super().macro_def(macro_ref, frame)


def _binds(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Filter) and node.name == "espaces"


@lru_cache(_KEPT)
def _codes(key: str) -> dict[tuple[str, str], CodeType]:
    return {}
