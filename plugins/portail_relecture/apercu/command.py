"""``portail apercu``: what a proposal changes, as a file to open and a comment."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from portail.cli.arguments import Parser
from portail.diagnostics import ConfigError
from portail.files import atomic_write
from portail.pipeline import domain_salt, features_of, run
from portail.resources import brought, over, quiet_gc
from portail.terminal.readable import say
from portail.terminal.text import counted, refusals, safe
from portail.text.addresses import is_address
from portail_pelican.commands import host_of, pelican_arguments
from portail_pelican.renderer import Renderer
from portail_pelican.settings import Instance
from portail_publication.store import open_store
from portail_publication.workers import stream_forked

from .comment import comment
from .drawing import Drawing, former_pages
from .pieces import Folders, Version, whole_story
from .story import Asked, Story

_SUMMARY = (
    "Montre ce qu’une proposition change : un fichier à ouvrir d’un double clic, et, si on le "
    "demande, le commentaire pour son auteur."
)
_PREVIEW = "PORTAIL_PREVIEW"


def main(argv: Sequence[str]) -> int:
    """Compare two folders of contents and write the changes; returns 0, 1 or 2."""
    options = _options(argv)
    avant = Path(options.avant)
    if not avant.is_dir():
        raise ConfigError(f"Le dossier « {safe(options.avant)} » (--avant) n’existe pas.")
    request = _asked(options)
    arguments = pelican_arguments(options)
    with _previewing(), quiet_gc():
        instance, renderer = host_of(arguments)
    with _named(avant.resolve(), instance.content.name) as base:
        story, drawing = _compared(instance, renderer, base, request)
        html = drawing.html()
        waiting = drawing.waiting()
    _write(options.sortie, html)
    if options.commentaire:
        _write(options.commentaire, comment(story, len(html.encode()), waiting))
    say(f"{_summed(story)} → {options.sortie}\n", sys.stdout)
    if story.errors:
        return 1
    return 0


def _options(argv: Sequence[str]) -> Namespace:
    parser = Parser("apercu", _SUMMARY)
    parser.add("--avant", "DOSSIER", "contenus publiés, à comparer", required=True)
    parser.add("--content", "DOSSIER", "contenus proposés (content)")
    parser.add("--sortie", "FICHIER", "l’aperçu (apercu.html)", default="apercu.html")
    parser.add("--commentaire", "FICHIER", "écrit le commentaire, en Markdown")
    parser.add("--numero", "N", "numéro de la proposition", default="")
    parser.add("--execution", "URL", "où l’aperçu se télécharge", default="")
    parser.add("--depot-proposition", "URL", "dépôt qui contient la proposition", default="")
    parser.add("--branche-proposition", "NOM", "branche qui la contient", default="")
    parser.add("--date", "AAAA-MM-JJ", "jour où se placer")
    parser.add("--site-url", "URL", "adresse publique du site")
    return parser.parse_args(argv)


def _asked(options: Namespace) -> Asked:
    for name in ("execution", "depot_proposition"):
        value = getattr(options, name)
        if value and not is_address(value):
            shown = name.replace("_", "-")
            raise ConfigError(f"--{shown} : « {safe(value)} » n’est pas une adresse http(s).")
    if options.numero and not (options.numero.isdecimal() and len(options.numero) < 12):
        raise ConfigError(f"--numero : « {safe(options.numero)} » n’est pas un nombre.")
    return Asked(
        options.numero, options.execution, options.depot_proposition, options.branche_proposition
    )


@contextmanager
def _previewing() -> Iterator[None]:
    before = os.environ.get(_PREVIEW)
    os.environ[_PREVIEW] = "1"
    try:
        yield
    finally:
        os.environ.pop(_PREVIEW)
        if before is not None:
            os.environ[_PREVIEW] = before


@contextmanager
def _named(folder: Path, name: str) -> Iterator[Path]:
    if folder.name == name:
        yield folder
        return
    with TemporaryDirectory() as place:
        link = Path(place, name)
        link.symlink_to(folder, target_is_directory=True)
        yield link


def _compared(
    instance: Instance, renderer: Renderer, base: Path, request: Asked
) -> tuple[Story, Drawing]:
    # The story of the proposal, and what draws its preview.
    # The tables are those of the settings' folder: what lies beside the contents of a proposal is
    # the proposal's.
    data = over(brought("data"), Path("data"))
    config = instance.config
    day = instance.day

    mapper = partial(stream_forked, workers=instance.workers)
    salt = domain_salt(data, config.region)
    store = open_store(instance.cache, salt, verify=instance.verify)
    root = instance.root
    folders = Folders.of(base, instance.content, config, features_of(config, root))
    before = run(base, data, config, day=day, store=store, mapper=mapper, root=root, plans=False)
    assert before.site is not None
    former = former_pages(before.site, folders.changed_texts(), renderer)
    after = run(
        instance.content,
        data,
        config,
        day=day,
        store=store,
        mapper=mapper,
        root=root,
        before=folders.avant,
    )
    assert after.site is not None and after.plan is not None
    published = Version(before.site, before.report)
    proposed = Version(after.site, after.report)
    story = whole_story(folders, published, proposed, request)
    return story, Drawing(
        story, before.site, after.site, plan=after.plan, former=former, renderer=renderer
    )


def _write(name: str, text: str) -> None:
    with refusals(f"{safe(name)} ne peut pas être écrit"):
        atomic_write(Path(name), text.encode())


def _summed(story: Story) -> str:
    if not story.fiches:
        return "Rien ne change dans les contenus."
    many = counted(len(story.fiches), ("contenu changé", "contenus changés"))
    errors = counted(story.errors, ("erreur", "erreurs"))
    return f"{many}, {errors}."
