"""Where theme, data and documents are: beside the code in a checkout, inside it in a wheel.

Nothing else in the project builds a path to ``theme/``, ``data/`` or ``docs/`` by itself.
"""

from __future__ import annotations

from pathlib import Path

from portail.errors import DataError

__all__ = ["data_dir", "docs_dir", "theme_dir"]

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_ressources"
_CHECKOUT = _PACKAGE.parent.parent


def theme_dir() -> Path:
    """Absolute path of the folder with ``templates/`` and ``static/``.

    Raises `DataError` when the installation lacks it.
    """
    return _folder("theme")


def data_dir() -> Path:
    """Absolute path of the folder of reference data (vocabularies, communes).

    Raises `DataError` when the installation lacks it.
    """
    return _folder("data")


def docs_dir() -> Path:
    """Absolute path of the folder of documents for contributors; a wheel has ``codes/`` and
    ``contribuer/`` alone.

    Raises `DataError` when the installation lacks it.
    """
    return _folder("docs")


def _folder(name: str) -> Path:
    # A checkout is known by pyproject.toml two levels up: in site-packages there is none,
    # and a stray `theme/` beside an installation must not be taken for ours.
    if _PACKAGE.parent.name == "plugins" and (_CHECKOUT / "pyproject.toml").is_file():
        folder = _CHECKOUT / name
    else:
        folder = _INSTALLED / name
    if not folder.is_dir():
        raise DataError(f"Le dossier « {name} » manque : {folder}. Réinstallez Portail.")
    return folder
