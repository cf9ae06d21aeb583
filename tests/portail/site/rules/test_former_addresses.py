"""Former addresses, however hostile: those that are accepted are published."""

import json
import shutil
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from doses import dose, rows_of
from plans import TODAY, Tree, entry
from portail.model.kinds import RESERVED_PAGE_SLUGS, Kind
from portail.site.redirections import is_owned, redirections, withdrawn
from portail.site.urls import path_of
from portail_publication.build import Means
from portail_publication.publish import Manner, Publication

OWN = rows_of("portail/site/rules/former_addresses.yml")
PARTS = st.one_of(
    st.sampled_from([*OWN, *sorted(RESERVED_PAGE_SLUGS)]),
    st.sampled_from([kind.info.segment or "p" for kind in Kind]),
    st.text("aZ0.-_~/ é\u200b", max_size=8),
)
ADDRESSES = st.lists(PARTS, min_size=1, max_size=4).map(lambda parts: "/" + "/".join(parts))
OTHERS = {
    "articles/hibou": entry("articles"),
    "events/nuit": entry("events", temps_fort="fete"),
    "lieux/club": entry("lieux"),
    "temps-forts/fete": entry("temps-forts"),
    "territoires/somme": entry("territoires"),
    "ressources/malle": entry("ressources", pret={"exemplaires": 2}),
}
FILE, FIRST = "articles/chouette.md", 6
MOMENTS = ((TODAY, ""), (date(2021, 10, 9), "https://exemple.org"), (date(2023, 1, 2), ""))
"""Days, and addresses of the site, which says what else is published."""


def checked(root, urls):
    """What « portail check » finds of these addresses, one a line."""
    listed = "anciennes_urls:\n" + "".join(f"  - {json.dumps(url)}\n" for url in urls)
    text = entry("articles").replace("---\n\n", f"{listed}---\n\n" if urls else "---\n\n")
    return Tree(root).run(OTHERS | {FILE[:-3]: text})


def published(root, plan):
    """Whether a plan is published, its pages empty."""
    folders = {"output": root / "output", "cache": root / ".cache"}
    means = Means(lambda page: b"<p>")
    with Publication(**folders, manner=Manner()) as publication:
        outcome = publication.publish(plan, means, "sel")
    return outcome.published and not outcome.diagnostics


@given(st.lists(ADDRESSES, min_size=1, max_size=20, unique=True))
@settings(max_examples=dose(1, 25))
@example(["/.htaccess", "/web.config", "/_worker.js", "/CNAME", "/.well-known/x", "/ads.txt"])
@example(["/api/v1/x", "/.git/x/", "/_headers/", "/sw.js", "/robots.txt", "/theme/a.html"])
@example(["/embarquer/lieux/club/", "/lieux/club/affiche/2023-01/", "/territoires/somme/2021/"])
@example(["/flux/x.html", "/temps-forts/fete/2023/", "/newsletter/2023-s01/", "/x.html", "/x/"])
def test_what_is_accepted_is_published(urls):
    root = Path(tempfile.mkdtemp())
    try:
        faulty = set()
        for one in checked(root, urls).report:
            assert str(one.position.path) == f"content/{FILE}"
            if one.position.line >= FIRST:
                faulty.add(urls[one.position.line - FIRST])
            else:  # a file where another needs a folder
                assert one.code == "E501"
        fit = [url for url in urls if url not in faulty]
        if checked(root, fit).report.has_errors:
            return
        for day, siteurl in MOMENTS:
            plan = Tree(root).run(day=day, siteurl=siteurl).plan
            assert plan is not None, (fit, day)
        assert published(root, plan), fit
        assert not {"CNAME", "web.config"} & {one.name for one in (root / "output").iterdir()}
        assert not [*(root / "output").rglob(".*")]
    finally:
        shutil.rmtree(root)


@pytest.mark.parametrize("siteurl", ["", "https://exemple.org"])
def test_every_page_is_a_content_or_kept(racine, siteurl, tmp_path, tree):
    """A former address may take neither: no page is forgotten."""
    (tmp_path / "content").symlink_to(racine / "tests/sites/vitrine/content")
    result = tree.run(siteurl=siteurl, region="Hauts-de-France")
    own = {path_of(item.entry) for item in result.site.items.values()}
    former = {one.de for one in redirections(result.site)}
    former |= {one.url for one in withdrawn(result.site)}
    pages = {f"/{one.path}".removesuffix("index.html") for one in result.plan}
    folders = {url for url in pages if url.endswith("/")} - own - former
    below = tuple(own - {"/"})
    lost = [url for url in folders if not is_owned(url) and not url.startswith(below)]
    assert len(folders) > 300 and lost == []
