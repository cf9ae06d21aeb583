"""What is published beside the plan: files of Pelican, of its other plug-ins, of the theme."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.files import digest_bytes, files_below
from portail.outputs.base import Artifact, CopiedFile, TextFile
from portail.source.loader import is_note

from .assets import ORDERS, joined, published, script_of
from .settings import Instance

_SETTINGS = PurePosixPath("pelicanconf.py")


def intruders(
    instance: Instance, theme_dir: str, taken: Collection[str], plugins: Sequence[str]
) -> Iterator[Diagnostic]:
    """Files in the staging folder that take the place of ours (``taken``) or, where there are other
    plug-ins (``plugins``), of those of the theme: pelican-minify leaves empty scripts."""
    place = _place(instance)
    names = ", ".join(f"« {name} »" for name in plugins)
    for path in sorted(taken):
        remedy = "Retirez-le de STATIC_PATHS : le portail écrit le sien."
        if plugins:
            remedy = f"Retirez de PLUGINS celui qui l’écrit ({names}) : le portail écrit le sien."
        yield diagnostic("E165", place, fichier=path, remede=remedy)
    if plugins:
        for name, source in sorted(_theme_files(instance, theme_dir).items()):
            shown = instance.staging / name
            if not shown.is_file() or shown.read_bytes() != source.read_bytes():
                yield diagnostic("E166", place, fichier=name, greffons=names)
                return  # the others would say the same


def _place(instance: Instance) -> Position:
    # The line of ``PLUGINS`` in the settings, which stand beside the contents or are run from.
    for folder in (instance.content.parent, Path()):
        if (file := folder / _SETTINGS).is_file():
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
            rows = [row for row, line in enumerate(lines, 1) if line.startswith("PLUGINS")]
            return Position(_SETTINGS, rows[-1] if rows else 1)
    return Position(_SETTINGS)


def _text(data: bytes) -> Iterator[str]:
    yield data.decode()


def static_files(instance: Instance, theme_dir: str) -> Iterator[Artifact]:
    """Files of Pelican and other plug-ins, those of the theme, joined scripts and stylesheets."""
    parts = {f"{theme_dir}/{order}" for order in ORDERS}
    for name, files in joined(instance.theme).items():
        parts.update(f"{theme_dir}/{part}" for part in files)
        whole = published(instance.theme, name)
        path = f"{theme_dir}/{name}"
        yield TextFile(path, f"/{path}", (digest_bytes(whole),), partial(_text, whole))
    staged = {
        file.relative_to(instance.staging).as_posix(): file
        for file in files_below(instance.staging)
        if not is_note(file.name)
    }
    # What Pelican cannot copy it leaves out, with a warning: files of the theme are read there.
    for name, file in sorted((staged | _theme_files(instance, theme_dir)).items()):
        if name in parts:
            continue
        data = file.read_bytes()
        if name.startswith(f"{theme_dir}/") and file.suffix == ".js":
            data = script_of(instance.theme, name.removeprefix(f"{theme_dir}/"), data.decode())
            yield TextFile(name, f"/{name}", (digest_bytes(data),), partial(_text, data))
        else:
            yield CopiedFile(name, f"/{name}", (digest_bytes(data),), file)


def _theme_files(instance: Instance, theme_dir: str) -> dict[str, Path]:
    return {
        f"{theme_dir}/{file.relative_to(folder).as_posix()}": file
        for folder in instance.statics
        for file in files_below(folder, follow=True)
    }
