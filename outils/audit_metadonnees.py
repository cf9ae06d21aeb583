"""What ExifTool reads beside the pixels of everything that the site publishes.

``python outils/audit_metadonnees.py output``: ExifTool, which knows every format, reads each
picture, document and sound. Groups that hold a place, a person or a device may not be there.
Exit codes: 0 nothing found, 1 something found, 2 ExifTool is missing (Debian:
libimage-exiftool-perl) or does not find what is hidden on purpose.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REFUSED = ("EXIF", "GPS", "IFD", "ExifIFD", "XMP", "IPTC", "ICC", "MakerNotes", "Photoshop", "ID3")
"""Groups of tags, by their beginning."""
_NAMES = frozenset({"Author", "Artist", "Creator", "Comment", "Copyright", "Owner", "By-line"})
_OURS = {"PDF:Creator": "our press writes its own name there"}
_KEPT = frozenset({"ID3v2_3:Title", "ID3v2_4:Title", "ID3v2_3:Album", "ID3v2_4:Album"})
_SUFFIXES = ("jpg", "jpeg", "png", "webp", "gif", "avif", "pdf", "mp3", "svg", "ico")


def tags(folder: Path) -> list[dict[str, Any]]:
    """Tags of every file below ``folder``, as ``group:name``, those of files within files too."""
    chosen = [part for suffix in _SUFFIXES for part in ("-ext", suffix)]
    done = subprocess.run(
        ["exiftool", "-json", "-r", "-ee", "-a", "-G1", "-fast0", *chosen, str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    return list(json.loads(done.stdout)) if done.stdout.strip() else []


def findings(folder: Path) -> Iterator[str]:
    """A line for each tag that says more than the picture."""
    for file in tags(folder):
        for key, value in file.items():
            group, _, name = key.partition(":")
            if key in _KEPT or key in _OURS:
                continue
            if group.startswith(REFUSED) or (group != "SVG" and name in _NAMES):
                yield f"{file['SourceFile']}: {key} = {str(value)[:80]}"


def main() -> int:
    """Read the folder that is named; see the module for the codes."""
    if shutil.which("exiftool") is None:
        print("exiftool is missing: apt-get install libimage-exiftool-perl", file=sys.stderr)
        return 2
    sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))
    import joined

    samples = {
        "a.jpg": joined.jpeg(), "a.png": joined.png(), "a.webp": joined.webp(),
        "a.gif": joined.gif(), "a.mp3": joined.mp3(),
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        for name, data in samples.items():
            (Path(folder) / name).write_bytes(data)
        told = {line.split(":")[0].rpartition("/")[2] for line in findings(Path(folder))}
    if told != samples.keys():
        print(f"exiftool does not see {samples.keys() - told}", file=sys.stderr)
        return 2
    output = Path(sys.argv[1])
    looked_at, found = len(tags(output)), [*findings(output)]
    print("\n".join(found[:50]))
    print(f"ExifTool: {looked_at} files, {len(found)} findings")
    return 1 if found or not looked_at else 0


if __name__ == "__main__":
    sys.exit(main())
