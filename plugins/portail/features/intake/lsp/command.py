"""``portail lsp``: a language server on the standard streams, for the folder of a portal.

What is typed is judged at once in its file; then, as soon as nobody types, among all the contents.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from threading import Lock, Timer
from typing import Any
from urllib.parse import unquote, urlsplit

from portail.cli.arguments import Parser
from portail.cli.contents import content_folder, read_contents, settings_of, tables_of
from portail.cli.trying import faults_among
from portail.diagnostics import ConfigError, DataError, Diagnostic, Severity
from portail.feature import reading_with
from portail.features import used
from portail.features.services.schemas.kind_schema import Schema, kind_schema
from portail.geo.territories import Geography
from portail.model.kinds import BY_FOLDER, Kind
from portail.model.scalars import Reading
from portail.model.vocabulary import Vocabularies
from portail.site.draft import read_document
from portail.source.loader import SourceFile, list_content
from portail.source.store import Stamp
from portail.text.normalise import slug_of_filename

from .answers import Names, Proposal, hover, proposals, word_at
from .cursor import cursor_at

# Seconds without a keystroke before a file is read among the others.
PAUSE = 0.4


class Portal:
    """The portal whose contents an editor has open."""

    def __init__(self, content: Path) -> None:
        self.content = content
        _, config, _ = settings_of(str(content), "portail lsp")
        data = tables_of(content)
        geography = Geography.load(data, config.region)
        self.reading = reading_with(used(config), Vocabularies.load(data), geography)
        contents: dict[str, dict[str, str]] = {folder: {} for folder in BY_FOLDER}
        for document in list_content(content, config.statiques).documents:
            contents[document.kind.value][document.slug] = ""
        places: Any = self.reading.places
        communes = places.communes_of(places.home) if places.home else ()
        self.names = Names(contents, sorted(places.label(commune.code) for commune in communes))

    def report(self) -> list[Diagnostic]:
        result = read_contents(str(self.content), None, "portail lsp").result
        for ref, item in (result.site.items if result.site else {}).items():
            folder, _, name = ref.partition("/")
            self.names.contents[folder][name] = item.entry.titre
        return [*result.report]

    def path_of(self, uri: str) -> PurePosixPath | None:
        file = Path(unquote(urlsplit(uri).path))
        if file.suffix != ".md" or not file.is_relative_to(self.content):
            return None
        path = PurePosixPath(self.content.name, *file.relative_to(self.content).parts)
        return path if len(path.parts) > 2 and path.parts[1] in BY_FOLDER else None

    def uri_of(self, path: PurePosixPath) -> str:
        return self.content.parent.joinpath(path).as_uri()

    def own_faults(self, path: PurePosixPath, text: str) -> tuple[Diagnostic, ...]:
        name = path.parent.name if path.name == "index.md" else path.name
        slug = slug_of_filename(name)
        file = SourceFile(path, str(path), BY_FOLDER[path.parts[1]], slug, Stamp(0, 0, 0, 0))
        return read_document(text.encode(), file, self.reading)[0].diagnostics

    def schema(self, path: PurePosixPath) -> Schema:
        reading: Reading = self.reading
        kind: Kind = BY_FOLDER[path.parts[1]]
        return kind_schema(kind, reading.vocabularies, reading.places.place)


def main(argv: list[str]) -> int:
    """Serve the editor that has started it, until it leaves. Raises ``ConfigError`` without pygls,
    which the extra ``lsp`` brings."""
    parser = Parser("lsp", "Répond à un éditeur : fautes, mots à écrire, sens des champs.")
    parser.add("--content", "DOSSIER", "le dossier des contenus (content)")
    options = parser.parse_args(argv)
    try:
        import pygls.lsp.server  # noqa: F401
    except ImportError as error:
        raise ConfigError(
            "« portail lsp » demande la bibliothèque pygls : pip install 'portail[lsp]'"
        ) from error
    os.environ["PORTAIL_PROCESSUS"] = "1"  # a thread may not fork
    gc.set_threshold(10_000)  # this process lasts
    server_of(content_folder(options.content, "portail lsp")).start_io()
    return 0


def server_of(content: Path) -> Any:
    from lsprotocol import types
    from pygls.lsp.server import LanguageServer

    server = LanguageServer("portail", version("portail"))
    editor = Editor(server, content)
    server.feature(types.INITIALIZED)(lambda _: editor.later(editor.begin))
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(
        lambda event: editor.typed(event.text_document.uri)
    )
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(
        lambda event: editor.typed(event.text_document.uri)
    )
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(lambda _: editor.later(editor.begin))
    signs = types.CompletionOptions(trigger_characters=[":", " ", "[", "{", ",", "/"])
    server.feature(types.TEXT_DOCUMENT_COMPLETION, signs)(lambda request: editor.complete(request))
    server.feature(types.TEXT_DOCUMENT_HOVER)(lambda request: editor.hover(request))
    return server


class Editor:
    def __init__(self, server: Any, content: Path) -> None:
        self.server = server
        self.content = content
        self.portal = Portal(content)
        self.waiting: Timer | None = None
        self.busy = Lock()
        self.shown: set[str] = set()

    def begin(self) -> None:
        try:
            portal = Portal(self.content)
            report = portal.report()
        except (ConfigError, DataError):
            return  # a table or the settings are being written too
        self.portal = portal
        by_uri: dict[str, list[Diagnostic]] = {uri: [] for uri in self.shown}
        for fault in report:
            uri = self.portal.uri_of(fault.position.path)
            by_uri[uri] = [*by_uri.get(uri, ()), fault]
        for uri, faults in by_uri.items():
            self.say(uri, faults)
        self.shown = {uri for uri, faults in by_uri.items() if faults}

    def typed(self, uri: str) -> None:
        path = self.portal.path_of(uri)
        if path is None:
            return
        text = self.server.workspace.get_text_document(uri).source
        self.say(uri, self.portal.own_faults(path, text))
        self.later(lambda: self.among(uri, path, text))

    def among(self, uri: str, path: PurePosixPath, text: str) -> None:
        try:
            faults = faults_among({path: text.encode()}, self.content, None)
        except (ConfigError, DataError):
            return
        if self.server.workspace.get_text_document(uri).source == text:
            self.say(uri, faults)

    def later(self, call: Any) -> None:
        def alone() -> None:
            with self.busy:  # contents are read once at a time
                call()

        if self.waiting:
            self.waiting.cancel()
        self.waiting = Timer(PAUSE, alone)
        self.waiting.daemon = True
        self.waiting.start()

    def say(self, uri: str, faults: Iterable[Diagnostic]) -> None:
        from lsprotocol import types

        document = self.server.workspace.get_text_document(uri)
        codec = document.position_codec
        ranks = {
            Severity.ERREUR: types.DiagnosticSeverity.Error,
            Severity.AVERTISSEMENT: types.DiagnosticSeverity.Warning,
            Severity.CONSEIL: types.DiagnosticSeverity.Information,
        }
        rows = []
        for fault in faults:
            line = max(fault.position.line - 1, 0)
            start = types.Position(line, max(fault.position.column - 1, 0))
            end = types.Position(line, start.character + max(fault.position.length, 1))
            place = codec.range_to_client_units(document.lines, types.Range(start, end))
            sentence = f"{fault.message} {fault.hint}".rstrip()
            rows.append(
                types.Diagnostic(
                    place, sentence, ranks[fault.severity], fault.code, None, "portail"
                )
            )
        self.server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, rows))
        self.shown.add(uri)

    def _cursor(self, request: Any) -> Any:
        # Path, lines, line and column of what is asked; ``None`` for a file that is no content.
        path = self.portal.path_of(request.text_document.uri)
        document = self.server.workspace.get_text_document(request.text_document.uri)
        lines = [line.rstrip("\r\n") for line in document.lines]
        place = document.position_codec.position_from_client_units(document.lines, request.position)
        if path is None or place.line >= len(lines):
            return None
        return path, lines, place.line, place.character

    def complete(self, request: Any) -> Any:
        from lsprotocol import types

        where = self._cursor(request)
        cursor = cursor_at(where[1], where[2], where[3]) if where else None
        if where is None or cursor is None:
            return types.CompletionList(is_incomplete=False, items=[])
        path, lines, _, _ = where
        keys = [line.partition(":")[0] for line in lines]
        options = proposals(self.portal.schema(path), cursor, self.portal.names, keys)
        return types.CompletionList(is_incomplete=True, items=[_item(option) for option in options])

    def hover(self, request: Any) -> Any:
        from lsprotocol import types

        where = self._cursor(request)
        if where is None:
            return None
        path, lines, line, column = where
        word, end = word_at(lines[line], column)
        cursor = cursor_at(lines, line, end)
        text = hover(self.portal.schema(path), cursor, word) if cursor else ""
        content = types.MarkupContent(types.MarkupKind.Markdown, text)
        return types.Hover(content) if text else None


def _item(proposal: Proposal) -> Any:
    from lsprotocol import types

    kinds = types.CompletionItemKind
    return types.CompletionItem(
        label=proposal.text,
        kind=kinds.Field if proposal.is_key else kinds.Value,
        detail=proposal.label or None,
        documentation=types.MarkupContent(types.MarkupKind.Markdown, proposal.help)
        if proposal.help
        else None,
        insert_text=f"{proposal.text}: " if proposal.is_key else proposal.text,
        filter_text=f"{proposal.text} {proposal.label}",
    )
