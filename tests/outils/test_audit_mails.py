"""The audit of mails sees what they use, and what readers of mail leave out of it."""

import pytest

import audit_mails
from audit_mails import check_mails, left_out, used
from npm import ToolMissing

KNOWN = {
    "html-video": {"gmail": {"ios": {"2019": "y", "2020": "n #1"}}, "outlook": {"web": {"1": "y"}}},
    "css-display-grid": {"gmail": {"ios": {"2019": "n"}, "android": {"2019": "a #1"}}},
    "css-opacity": {"orange": {"ios": {"2019": "n", "2021": "y"}}},
}


def test_what_a_mail_uses():
    page = (
        "<!doctype html><style>.a{border-left-color:red!important}@media (max-width:9px){p{top:0}}"
        "</style><!-- x --><h3 style='PADDING-left:2em;display:grid'>x</h3>"
        "<a href='mailto:a@b.fr'></a><img src='https://a.b/c.webp'>"
    )
    assert used(page) >= {
        "html-doctype", "html-style", "html-comments", "html-h1-h6", "html-mailto-links",
        "html-img", "image-webp", "css-selector-class", "css-at-media", "css-border",
        "css-important", "css-padding", "css-unit-em", "css-display-grid",
    }  # fmt: skip
    assert not {"css-unit-rem", "html-video", "css-selector-id"} & used(page)
    assert "css-unit-percent" in used("<p style='width:100%'>x</p>")


def test_the_last_version_decides():
    found = left_out(KNOWN, KNOWN)
    assert found["gmail"] == {"css-display-grid": ["ios"], "html-video": ["ios"]}
    assert found["outlook"] == found["orange"] == found["apple-mail"] == {}


def test_more_than_before_is_a_finding(monkeypatch, tmp_path):
    monkeypatch.setattr(audit_mails, "features", lambda: KNOWN)
    monkeypatch.setattr(audit_mails, "MOST", dict.fromkeys(audit_mails.MOST, 0))
    assert check_mails([])[0] == []
    path = tmp_path / "courriel.html"
    path.write_text("<video></video>", encoding="utf-8")
    (finding,) = check_mails([path])[0]
    assert finding.startswith("courriel.html — gmail: 1 left out, at most 0: html-video (ios)")
    monkeypatch.setattr(audit_mails, "features", dict)
    with pytest.raises(ToolMissing):
        check_mails([])
