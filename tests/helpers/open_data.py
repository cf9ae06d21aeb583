"""The files of ``/api/v1/`` as a build writes them."""

import json

from portail.outputs.base import Derived, TextFile
from portail.site.urls import API


def made(artifacts):
    """The bytes of each file, by address; what is made of others comes last."""
    planned = [*artifacts]
    texts = {one.path: one for one in planned if isinstance(one, TextFile)}
    data = {path: "".join(one.produce()).encode() for path, one in texts.items()}
    found = {one.url: data[path] for path, one in texts.items()}
    for one in planned:
        if isinstance(one, Derived):
            found[one.url] = one.make(tuple(data[path] for path in one.sources))
    return found


def written(site):
    """Those of open data."""
    from portail_donnees.donnees.output import plan_open_data

    return made(plan_open_data(site))


def records(read, name):
    """The records of a kind, of its parts where it is cut; ``read`` gives the text of a file."""
    document = json.loads(read(f"{API}{name}"))
    if "donnees" in document:
        return document["donnees"]
    names = [file["nom"] for part in document["parties"] for file in part["fichiers"]]
    rows = [row for one in names for row in json.loads(read(f"{API}{one}"))["donnees"]]
    return sorted(rows, key=lambda row: row["ref"])
