"""What the data of a directory weigh, on a corpus smaller than that of the bench."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from bench_filtres import lieux
from corpus import text_of
from plans import Tree
from portail.outputs.facettes import plan_facettes


@pytest.mark.long
def test_data_of_a_thousand_places_are_light(tmp_path: Path) -> None:
    """Rows grow with places, communes up to those of the region: five thousand places in three
    thousand communes are 25 kB for each thousand, which the bench holds."""
    files = {f"lieux/{one.slug}": text_of(one) for one in lieux(1000)}
    site = Tree(tmp_path).site(files, region="Hauts-de-France")
    (file,) = (one for one in plan_facettes(site) if one.url == "/lieux/facettes.json")
    data = json.loads("".join(file.produce()))

    def weight(part: str) -> int:
        text = json.dumps(data[part], ensure_ascii=False, separators=(",", ":"))
        return len(gzip.compress(text.encode(), 9))

    assert len(data["lignes"]) == 1000
    assert weight("lignes") <= 18_000
    assert weight("communes") <= 17 * len(data["communes"])
    assert weight("facettes") <= 2_500
