"""Other sites to which a page of ours may send something."""

from __future__ import annotations

from urllib.parse import urlsplit


def form_origins(address: str) -> tuple[str, ...]:
    """The origin of the address that a form posts to; none when there is no form.

    >>> form_origins("https://listes.exemple.org:9000/subscription/form"), form_origins("")
    (('https://listes.exemple.org:9000',), ())
    """
    parts = urlsplit(address)
    if parts.netloc:
        return (f"{parts.scheme}://{parts.netloc}",)
    return ()
