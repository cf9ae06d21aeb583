"""What a stored record depends on besides its file: our code and the reference data."""

from __future__ import annotations

import hashlib
from pathlib import Path

from portail.body.render import RENDERER_VERSION

__all__ = ["domain_salt"]


def domain_salt(data: Path) -> str:
    """Digest of the package ``portail`` and of the tables of ``data``: records made with others
    are made again."""
    digest = hashlib.blake2b(RENDERER_VERSION.encode(), digest_size=16)
    for root, pattern in ((Path(__file__).parent, "*.py"), (data, "*")):
        for file in sorted(path for path in root.rglob(pattern) if path.is_file()):
            name = file.relative_to(root).as_posix()
            digest.update(f"{name}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    return digest.hexdigest()
