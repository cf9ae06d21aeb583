"""Plan of the joined files: which are published, where, and when they are made again."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import pytest

from pictures import decoded, drawing, picture, shot_data
from portail.errors import PlanError
from portail.files import digest_bytes
from portail.outputs.base import Artifact, CopiedFile, Derived, Plan
from portail.outputs.medias import MediasOutput
from portail.site.site import MediaRecord
from portail.site.urls import media_url
from portail.source.medias import check_media


def record(folder: Path, path: str, data: bytes) -> MediaRecord:
    """A media written below ``folder``, as the site knows it."""
    place = PurePosixPath(path)
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    pixels, _ = check_media(place, data)
    return MediaRecord(place, file, digest_bytes(data), pixels, media_url(place))


def planned(*records: MediaRecord) -> list[Artifact]:
    """Artifacts for a site that shows these medias."""
    site: Any = SimpleNamespace(medias={one.path: one for one in records})
    return list(MediasOutput().plan(site))


def paths(artifacts: Iterable[Artifact]) -> list[str]:
    return [str(artifact.path) for artifact in artifacts]


def test_pictures_are_made_again_and_documents_copied(tmp_path: Path) -> None:
    photo = record(tmp_path, "content/articles/a/photo.jpg", picture("JPEG"))
    notice = record(tmp_path, "content/medias/notice.pdf", b"%PDF-1.7\n")
    first, second = planned(notice, photo)
    assert isinstance(first, Derived)
    assert (str(first.path), first.url) == (
        "medias/articles/a/photo.jpg",
        "/medias/articles/a/photo.jpg",
    )
    assert (first.sources, first.source) == ((), photo.path)
    assert isinstance(second, CopiedFile)
    assert (str(second.path), second.url) == ("medias/notice.pdf", "/medias/notice.pdf")
    assert (second.origin, second.source) == (notice.file, notice.path)
    assert second.key == (notice.digest,)


@pytest.mark.parametrize(
    ("name", "place", "url"),
    [
        ("medias/100%.png", "medias/100%.png", "/medias/100%25.png"),
        ("medias/a#b.png", "medias/a#b.png", "/medias/a%23b.png"),
        ("lieux/été 1.png", "medias/lieux/été 1.png", "/medias/lieux/%C3%A9t%C3%A9%201.png"),
        ("lieux/e\u0301te\u0301.png", "medias/lieux/été.png", "/medias/lieux/%C3%A9t%C3%A9.png"),
        ("medias/l'eau & co.pdf", "medias/l'eau & co.pdf", "/medias/l%27eau%20%26%20co.pdf"),
    ],
)
def test_addresses_lead_to_the_file_whatever_its_name(
    tmp_path: Path, name: str, place: str, url: str
) -> None:
    data = picture("PNG") if name.endswith("png") else b"%PDF-1.7\n"
    (artifact,) = planned(record(tmp_path, f"content/{name}", data))
    assert (str(artifact.path), getattr(artifact, "url", "")) == (place, url)
    assert f"/{artifact.path}" == unquote(url)


def test_no_media_no_artifact() -> None:
    assert planned() == []


def test_what_is_published_is_upright_and_says_nothing_else(tmp_path: Path) -> None:
    data = picture("JPEG", drawing(30, 20), exif=shot_data(6))
    (artifact,) = planned(record(tmp_path, "content/medias/a.jpg", data))
    assert isinstance(artifact, Derived)
    result = artifact.make(())
    assert decoded(result).size == (20, 30)
    assert b"Camille" not in result
    assert artifact.make(()) == result


def test_order_does_not_follow_the_site(tmp_path: Path) -> None:
    records = [
        record(tmp_path, f"content/{name}", picture("PNG"))
        for name in ("medias/z.png", "articles/b/a.png", "medias/a.png", "articles/a/z.png")
    ]
    assert paths(planned(*records)) == paths(planned(*reversed(records)))


def test_the_key_follows_the_bytes_alone(tmp_path: Path) -> None:
    photo = record(tmp_path, "content/medias/a.png", picture("PNG"))
    same = record(tmp_path / "elsewhere", "content/medias/b.png", picture("PNG"))
    other = record(tmp_path, "content/medias/c.png", picture("PNG", drawing(9, 9)))
    keys = [one.key for one in planned(photo, same, other) if isinstance(one, Derived)]
    assert keys[0] == keys[1] != keys[2]


def test_the_producer_goes_to_another_process(tmp_path: Path) -> None:
    (artifact,) = planned(record(tmp_path, "content/medias/a.png", picture("PNG")))
    assert isinstance(artifact, Derived)
    assert pickle.loads(pickle.dumps(artifact.make))(()) == artifact.make(())


def test_two_files_for_one_place_are_a_collision(tmp_path: Path) -> None:
    plan = Plan(
        planned(
            record(tmp_path, "content/articles/a/photo.jpg", picture("JPEG")),
            record(tmp_path, "content/medias/articles/a/photo.jpg", picture("JPEG")),
            record(tmp_path, "content/medias/articles/a/Photo.JPG", picture("JPEG")),
        )
    )
    assert len(plan) == 1
    assert [one.code for one in plan.collisions] == ["E501", "E501"]
    assert [one.message for one in plan.collisions] == [
        f"L’adresse /medias/articles/a/{name} est déjà celle de « content/articles/a/photo.jpg »."
        for name in ("Photo.JPG", "photo.jpg")
    ]


def test_a_refused_picture_is_not_published(tmp_path: Path) -> None:
    assert planned(record(tmp_path, "content/medias/a.jpg", picture("PNG"))) == []


@pytest.mark.parametrize(
    "path", ["content/../secret.jpg", "content/medias/../../secret.pdf", "content/medias/aux.png"]
)
def test_no_path_escapes(tmp_path: Path, path: str) -> None:
    place = PurePosixPath(path)
    outside = MediaRecord(place, tmp_path / "x", "0", (1, 1), f"/{path}")
    with pytest.raises(ValueError, match="no place to publish"):
        planned(outside)


def test_a_file_that_changes_or_goes_under_the_build(tmp_path: Path) -> None:
    photo = record(tmp_path, "content/medias/a.png", picture("PNG"))
    (artifact,) = planned(photo)
    assert isinstance(artifact, Derived)
    photo.file.write_bytes(picture("PNG", drawing(9, 9)))
    with pytest.raises(PlanError, match=r"content/medias/a\.png changed while"):
        artifact.make(())
    photo.file.unlink()
    with pytest.raises(PlanError, match=r"content/medias/a\.png cannot be read any more"):
        artifact.make(())
