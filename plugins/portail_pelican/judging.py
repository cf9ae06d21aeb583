"""What ``portail check`` asks of a site that is built: the rules that its templates and settings
declare, and the contents at fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath

from pelican.settings import read_settings

from portail.cli.contents import FILE, Contents
from portail.diagnostics import ConfigError, Diagnostic
from portail.features import posted_to
from portail.files import bytes_in
from portail.model.kinds import WEEKLY
from portail.outputs.pages.slots import OFFLINE
from portail.site.urls import MAIL, MAIL_DATA
from portail.terminal.text import safe
from portail_publication.judge import faults_of
from portail_publication.output_check import OutputChecker, OutputPolicy

from .headers import inline_scripts
from .renderer import folders_of_templates, sources_of
from .settings import Instance, instance_of

_AS_SENT = "|".join((*(name.partition(".")[0] for name in (MAIL, MAIL_DATA)), "flux"))
_LETTERS = "|".join(rf"{kind.info.listing[1:]}(.*/)?({_AS_SENT})\.\w+" for kind in WEEKLY)


def judged(folder: Path, read: Contents) -> Iterator[Diagnostic]:
    """The faults of the site in ``folder``, of these contents. Raises ``ConfigError``."""
    if not folder.is_dir():
        raise ConfigError(
            f"Le dossier « {safe(str(folder))} » n’existe pas. → Construisez le site (portail "
            "build), ou donnez son dossier : portail check --site DOSSIER"
        )
    overrides = {"PATH": str(read.content), "SITEURL": read.config.siteurl}
    policy = _policy(instance_of(read_settings(FILE, override=overrides), folder), read)
    plan = read.result.plan or ()
    sources = {artifact.path: artifact.source for artifact in plan if artifact.source}

    @cache
    def holders() -> Mapping[str, list[PurePosixPath]]:
        # The contents whose own text, read as HTML, holds a danger.
        checker = OutputChecker(policy)
        found: dict[str, list[PurePosixPath]] = {}
        for source in sorted({*sources.values()}):
            data = bytes_in(read.content.parent / source) or b""
            for danger in checker.findings(data, "contenu.html"):
                found.setdefault(danger, []).append(source)
        return found

    yield from faults_of(folder, policy, sources, lambda danger: holders().get(danger, ()))


def _policy(instance: Instance, read: Contents) -> OutputPolicy:
    site = read.result.site
    offline = OFFLINE.ask(site) if site else ""
    folders = folders_of_templates(instance.theme, instance.overrides)
    return OutputPolicy(
        site_url=instance.config.siteurl,
        scripts=(*OutputPolicy().scripts, *filter(None, [offline])),
        inline=inline_scripts(sources_of(folders)),
        letters=_LETTERS,
        forms=frozenset(posted_to(instance.config)),
    )
