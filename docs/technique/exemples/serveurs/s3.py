"""Send a site to object storage by rclone, each file with its type and the cache of ``_headers``.

``python s3.py output remote:bucket`` sends what changed, pages last, so that none asks for what is
not there yet; then it removes what is gone.
"""

import subprocess
import sys
import tempfile
from collections import defaultdict
from fnmatch import fnmatchcase
from pathlib import Path

from portail_pelican.headers import by_ending

site, bucket = Path(sys.argv[1]), sys.argv[2]
rules, rule = [], {}
for line in (site / "_headers").read_text(encoding="utf-8").splitlines():
    if line.startswith("/"):
        rule = {}
        rules.append((line, rule))
    else:
        name, _, value = line.strip().partition(": ")
        rule[name] = value

groups = defaultdict(list)
for file in sorted(site.rglob("*")):
    path = file.relative_to(site).as_posix()
    if file.is_file() and path not in ("_headers", "_redirects"):
        url = f"/{path}".removesuffix("index.html")
        sent = {"Content-Type": by_ending(path), "Cache-Control": "public, max-age=300"}
        for pattern, headers in rules:
            if fnmatchcase(url, pattern):
                sent |= {name: headers[name] for name in sent.keys() & headers}
        headers = (f"{name}: {value}" for name, value in sent.items() if value)
        groups[path.endswith(".html"), *headers].append(path)

for (_, *headers), paths in sorted(groups.items()):
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as names:
        names.writelines(f"{path}\n" for path in paths)
        names.flush()
        added = [word for header in headers for word in ("--header-upload", header)]
        listed = ["--files-from-raw", names.name, "--checksum", "--transfers", "16"]
        subprocess.run(["rclone", "copy", *listed, *added, str(site), bucket], check=True)
gone = ["--exclude", "/_headers", "--exclude", "/_redirects", "--checksum"]
subprocess.run(["rclone", "sync", *gone, str(site), bucket], check=True)
