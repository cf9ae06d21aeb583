"""Documents for paper: from a template and its view to a PDF, which is made once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeAlias

from jinja2 import Environment

from portail.config import SiteConfig
from portail.files import atomic_write, code_digest, digest_of
from portail.outputs.pages.views.shared import Imprime
from portail.resources import Folder, folders_of, within
from portail.text.typography import poids

Printer: TypeAlias = Callable[[str, str, Mapping[str, Folder], str], bytes]


def printer() -> Printer:
    """What makes a PDF, imported when one is made. Raises ``ConfigError`` without the library that
    it needs."""
    from .pdf import pdf

    return pdf


class Press:
    """Makes the documents of an instance; the last of each is kept in ``cache``, and goes from
    there when a build is ``clean``."""

    def __init__(
        self,
        environment: Environment,
        config: SiteConfig,
        theme: Folder,
        contents: Path,
        cache: Path,
        *,
        clean: bool = False,
    ) -> None:
        self._environment = environment
        self._config = config
        self._cache = cache / "imprimes"
        if clean:
            shutil.rmtree(self._cache, ignore_errors=True)
        # Pictures are named from the folder that holds the contents.
        self._static = within(theme, "static")
        self._folders = {"theme": self._static, "contenus": contents.parent}

    @cached_property
    def salt(self) -> str:
        try:
            library = version("weasyprint")
        except PackageNotFoundError:  # said when a document is asked for
            library = ""
        code = Path(__file__).resolve().parent
        return digest_of(library, code_digest([code, *folders_of(self._static)]))

    def ready(self) -> None:
        """Raise ``ConfigError`` where nothing here can print."""
        printer()

    def printed(self, template: str, view: object) -> bytes:
        """The PDF of a template and its sheet. Raises ``PlanError``, ``ConfigError``."""
        sheet = template.replace(".html", ".css")
        text, style = (
            self._environment.get_template(name).render(vue=view) for name in (template, sheet)
        )
        base = f"{self._config.siteurl}/" if self._config.siteurl else ""
        mark = digest_of(self.salt, text, style, base).encode()
        file = self._cache / f"{Path(template).stem}.pdf"
        if file.is_file() and (data := file.read_bytes()).startswith(mark):
            return data.removeprefix(mark)
        printed = printer()(text, style, self._folders, base)
        atomic_write(file, mark + printed)
        return printed

    def weight(self, imprime: Imprime) -> str:
        return poids(len(self.printed(imprime.gabarit, imprime.vue)))
