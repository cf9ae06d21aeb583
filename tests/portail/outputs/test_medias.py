"""Plan of the joined files: which are published, where, and when they are made again."""

import pickle
import re
from pathlib import PurePosixPath
from types import SimpleNamespace
from urllib.parse import unquote

import pytest

from pictures import decoded, drawing, picture, shot_data
from plans import entry
from portail.diagnostics import PlanError
from portail.files import digest_bytes
from portail.outputs.base import CopiedFile, Derived, Plan
from portail.outputs.pictures import plan_medias
from portail.site.item import MediaRecord
from portail.site.urls import media_url
from portail.source.medias import check_media

SIZE = re.compile(r"\.\d+\.(avif|webp|jpg|png)$")


def record(folder, path, data, weight=30_000):
    """A media written below ``folder``, as the site knows it; a drawing is not light."""
    place = PurePosixPath(path)
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    pixels, _ = check_media(place, data)
    return MediaRecord(place, file, digest_bytes(data), pixels, media_url(place), weight)


def planned(*records):
    """Artifacts for a site that shows these medias."""
    site = SimpleNamespace(medias={one.path: one for one in records}, items={}, drafts={})
    return list(plan_medias(site))


def themselves(artifacts):
    """Those at the place of the file that was joined."""
    return [one for one in artifacts if not SIZE.search(str(one.path))]


def paths(artifacts):
    return [str(artifact.path) for artifact in artifacts]


def test_pictures_are_made_again_and_documents_copied(tmp_path):
    photo = record(tmp_path, "content/articles/a/photo.jpg", picture("JPEG"))
    notice = record(tmp_path, "content/medias/notice.pdf", b"%PDF-1.7\n")
    first, second = themselves(planned(notice, photo))
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
def test_addresses_lead_to_the_file_whatever_its_name(tmp_path, name, place, url):
    data = picture("PNG") if name.endswith("png") else b"%PDF-1.7\n"
    artifacts = planned(record(tmp_path, f"content/{name}", data))
    (artifact,) = themselves(artifacts)
    assert (str(artifact.path), getattr(artifact, "url", "")) == (place, url)
    for one in artifacts:
        assert f"/{one.path}" == unquote(getattr(one, "url", ""))


def test_no_media_no_artifact():
    assert planned() == []


def test_what_is_published_is_upright_and_says_nothing_else(tmp_path):
    data = picture("JPEG", drawing(30, 20), exif=shot_data(6))
    artifacts = planned(record(tmp_path, "content/medias/a.jpg", data))
    assert paths(artifacts) == ["medias/a.jpg.20.avif", "medias/a.jpg"]
    for artifact in artifacts:
        result = artifact.make(())
        assert decoded(result).size == (20, 30)
        assert b"Camille" not in result
        assert artifact.make(()) == result


def test_order_does_not_follow_the_site(tmp_path):
    records = [
        record(tmp_path, f"content/{name}", picture("PNG"))
        for name in ("medias/z.png", "articles/b/a.png", "medias/a.png", "articles/a/z.png")
    ]
    assert paths(planned(*records)) == paths(planned(*reversed(records)))


def test_the_key_follows_the_bytes_alone(tmp_path):
    photo = record(tmp_path, "content/medias/a.png", picture("PNG"))
    same = record(tmp_path / "elsewhere", "content/medias/b.png", picture("PNG"))
    other = record(tmp_path, "content/medias/c.png", picture("PNG", drawing(9, 9)))
    keys = [
        {one.key for one in planned(record) if isinstance(one, Derived)}
        for record in (photo, same, other)
    ]
    assert keys[0] == keys[1] != keys[2]
    assert all(len(one) == 1 for one in keys)


def test_the_producer_goes_to_another_process(tmp_path):
    artifact, *_ = planned(record(tmp_path, "content/medias/a.png", picture("PNG")))
    assert pickle.loads(pickle.dumps(artifact.make))(()) == artifact.make(())


def test_two_files_for_one_place_are_a_collision(tmp_path):
    names = ("articles/a/photo.pdf", "medias/articles/a/photo.pdf", "medias/articles/a/Photo.PDF")
    plan = Plan(planned(*(record(tmp_path, f"content/{name}", b"%PDF-1.7\n") for name in names)))
    assert len(plan) == 1
    assert [one.code for one in plan.collisions] == ["E501", "E501"]
    assert [one.message for one in plan.collisions] == [
        f"L’adresse /medias/articles/a/{name} est déjà celle de « content/articles/a/photo.pdf »."
        for name in ("Photo.PDF", "photo.pdf")
    ]


def test_a_refused_picture_is_not_published(tmp_path):
    assert planned(record(tmp_path, "content/medias/a.jpg", picture("PNG"))) == []


@pytest.mark.parametrize(
    "path", ["content/../secret.jpg", "content/medias/../../secret.pdf", "content/medias/aux.png"]
)
def test_no_path_escapes(tmp_path, path):
    place = PurePosixPath(path)
    outside = MediaRecord(place, tmp_path / "x", "0", (1, 1), f"/{path}", 1)
    with pytest.raises(ValueError, match="no place to publish"):
        planned(outside)


def test_a_file_that_changes_or_goes_under_the_build(tmp_path):
    photo = record(tmp_path, "content/medias/a.png", picture("PNG"))
    artifact, *_ = planned(photo)
    photo.file.write_bytes(picture("PNG", drawing(9, 9)))
    with pytest.raises(PlanError, match=r"« content/medias/a\.png » a changé pendant"):
        artifact.make(())
    photo.file.unlink()
    with pytest.raises(FileNotFoundError):  # whose reason the publication says in French
        artifact.make(())


def test_a_large_picture_is_published_whole_only_for_who_links_to_it(tree):
    large = picture("JPEG", drawing(2000, 1000))
    files = {"articles/a/photo.jpg": large, "articles/a/affiche.jpg": large}
    text = "![Une photo](photo.jpg)\n\n![Une affiche](affiche.jpg)\n\n[En grand](affiche.jpg)"
    site = tree.site({**files, "articles/a/index": entry("articles", text)})
    whole = themselves(plan_medias(site))
    assert paths(whole) == ["medias/articles/a/affiche.jpg"]
    (affiche,) = whole
    assert decoded(affiche.make(())).size == (2000, 1000)


def test_an_animation_is_published_beside_its_first_frame(tree):
    moving = picture("GIF", drawing(600, 300, "P"), frames=3, duration=50)
    text = entry("articles", "![Une onde](onde.gif)")
    site = tree.site({"articles/a/onde.gif": moving, "articles/a/index": text})
    made = {str(one.path): one for one in plan_medias(site) if isinstance(one, Derived)}
    frames = {
        name.removeprefix("medias/articles/a/"): getattr(decoded(one.make(())), "n_frames", 1)
        for name, one in made.items()
    }
    still = ("480.webp", "600.webp", "600.png")
    assert frames == {f"onde.gif.{ending}": 1 for ending in still} | {"onde.gif": 3}
