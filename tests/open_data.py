"""The files of ``/api/v1/`` as a build writes them."""

from __future__ import annotations

from portail.outputs.base import Derived, TextFile
from portail.outputs.opendata.output import plan_open_data
from portail.site.site import Site

__all__ = ["written"]


def written(site: Site) -> dict[str, bytes]:
    """The bytes of each file, by address."""
    artifacts = [*plan_open_data(site)]
    texts = {one.path: one for one in artifacts if isinstance(one, TextFile)}
    data = {path: "".join(one.produce()).encode() for path, one in texts.items()}
    found = {one.url: data[path] for path, one in texts.items()}
    for one in artifacts:
        if isinstance(one, Derived):
            found[one.url] = one.make(tuple(data[path] for path in one.sources))
    return found
