"""What a stored record depends on besides its file: our code and the reference data."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

from portail.body.render import RENDERER_VERSION

__all__ = ["domain_salt"]


def domain_salt(data: Path, region: str = "") -> str:
    """Digest of the package ``portail``, of the tables of ``data`` and of the instance's region,
    whose communes win over their homonyms: records made with others are made again."""
    stemmer = version("snowballstemmer")
    digest = hashlib.blake2b(f"{RENDERER_VERSION}\0{stemmer}\0{region}\0".encode(), digest_size=16)
    package = Path(__file__).parent
    for root, pattern in ((package, "*.py"), (package / "data", "*.yml"), (data, "*")):
        for file in sorted(path for path in root.rglob(pattern) if path.is_file()):
            name = file.relative_to(root).as_posix()
            digest.update(f"{name}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    return digest.hexdigest()
