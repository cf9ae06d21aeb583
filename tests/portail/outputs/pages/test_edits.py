"""One event edited in the demonstration: few pages are rendered again."""

import re
import shutil

import pytest

from demonstration import store_of
from doses import dose
from plans import Tree, day_of, pages_of

_MOST = 70


@pytest.mark.long
@pytest.mark.site
def test_an_event_edited_changes_few_pages(racine, tmp_path):
    shutil.copytree(racine / "content", tmp_path / "content")
    tree = Tree(tmp_path, store_of(racine / "content"))  # times of files are copied too

    def keys():
        plan = tree.run(day=day_of("content")).plan
        assert plan is not None
        return {url: page.key for url, page in pages_of(plan).items()}

    before = keys()
    for path in sorted((tmp_path / "content/events").rglob("*.md"))[:: dose(160, 40)]:
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?m)^(titre: .*?)(\"?)$", r"\1 bis\2", text, count=1), "utf-8")
        after = keys()
        path.write_text(text, "utf-8")
        changed = [url for url, key in after.items() if before.get(url) != key]
        assert 1 <= len(changed) <= _MOST, (path.name, changed)
