"""What Pelican names and a portal does not use is imported for who asks."""

import subprocess
import sys

ASKED = """
import sys
import portail_pelican.commands
from pelican.readers import Readers
from pelican.settings import DEFAULT_CONFIG

left = "dateutil", "docutils", "feedgenerator", "pelican.server", "watchfiles"
assert not sys.modules.keys() & {*left}, sys.modules.keys() & {*left}
readers = Readers({**DEFAULT_CONFIG, "CACHE_CONTENT": False, "LOAD_CONTENT_CACHE": False})
for name in ("un.rst", "deux.md"):
    read = readers.read_file(sys.argv[1], name, fmt=None)
    print(read.content.strip(), read.metadata["date"].year)
"""


def test_a_reader_of_pelican_reads_for_another_plugin(tmp_path):
    (tmp_path / "un.rst").write_text("Titre\n#####\n\n:date: 2021-09-27\n\n*Un* texte.\n")
    (tmp_path / "deux.md").write_text("Title: Titre\nDate: 2021-09-27\n\n*Deux* textes.\n")
    ran = [sys.executable, "-c", ASKED, str(tmp_path)]
    said = subprocess.run(ran, capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == [
        "<p><em>Un</em> texte.</p> 2021",
        "<p><em>Deux</em> textes.</p> 2021",
    ]
