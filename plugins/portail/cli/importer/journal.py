"""What was imported: so that a second import tells what a person has edited since.

``imports.json`` has one line for each content: a digest of each value that a spreadsheet gave. It
is kept with the contents, in their repository; without it, nothing more is overwritten.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from portail.diagnostics import ConfigError
from portail.files import digest_of
from portail.machine import reason_of

_VERSION = 1
_SIGNS = 12

Journal: TypeAlias = dict[str, dict[str, Any]]
"""By reference (``ressources/x``): digests by field, a list of digests for rows of a list."""


def told(value: object) -> str:
    """The digest of a value of a front matter.

    >>> told("12") == told(12), told({"a": [1]}) == told({"a": [1]})
    (False, True)
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return digest_of(text)[:_SIGNS]


def read_journal(file: Path) -> Journal:
    """What ``file`` remembers; nothing when it is not there. Raises ``ConfigError``."""
    try:
        document = json.loads(file.read_bytes())
        contents = document["contenus"]
        if document["version"] != _VERSION or not all(
            isinstance(one, dict) for one in contents.values()
        ):
            raise ValueError(_VERSION)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigError(f"{file} ne s’ouvre pas : {reason_of(error)}.") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ConfigError(
            f"{file} n’est plus lisible : reprenez-en la version précédente (git), ou supprimez-le."
        ) from None
    return dict(contents)


def journal_text(journal: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The file of a journal: a line for each content, sorted."""
    rows = [
        f"{json.dumps(ref)}: {json.dumps(journal[ref], ensure_ascii=False, sort_keys=True)}"
        for ref in sorted(journal)
        if journal[ref]
    ]
    inside = ",\n".join(rows)
    return f'{{"version": {_VERSION}, "contenus": {{\n{inside}\n}}}}\n'.encode()
