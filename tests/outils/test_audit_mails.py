"""The audit of mails sees what readers of mail leave out of them."""

import audit_mails


def test_more_than_before_is_a_finding(monkeypatch):
    monkeypatch.setattr(audit_mails, "MOST", {"gmail": 0, "orange": 1})
    clients = {"<video> element": ["gmail.ios", "gmail.ios"]}
    findings, table = audit_mails.judged({"gmail": clients, "orange": clients})
    assert findings == ["courriel.html — gmail: 1 left out, at most 0: <video> element (gmail.ios)"]
    assert table[1] == "orange: 1 left out, at most 1: <video> element (gmail.ios)"
