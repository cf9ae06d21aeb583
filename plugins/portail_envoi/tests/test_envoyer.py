"""The command from outside: what it says, what servers receive, with which exit code."""

import re
from datetime import datetime
from email import message_from_bytes
from email.policy import SMTP
from types import SimpleNamespace

import pytest

from courrier import PAGE, PASSWORD, WEEK, write_issue
from lettres import NUMERO
from portail.clock import PARIS
from portail_envoi import preparing
from portail_envoi.command import main as envoyer
from portail_poste import smtp


def parsed(data):
    """A message as a stranger reads it."""
    return message_from_bytes(data, policy=SMTP)


def test_a_file_of_subscribers_is_served_once(send, place, post):
    start = datetime.now(PARIS).replace(microsecond=0)
    assert send("--premier-envoi") == f"2 messages remis.\nJournal : {place.journal}\n"
    assert post.recipients == ["a@exemple.org", "b@exemple.org"]
    assert post.connections == 2  # one in clear, the same under TLS
    assert post.logins == [(b"lettre", PASSWORD.encode())]
    first, second = (parsed(data) for _, data in post.received)
    assert (first["To"], second["To"]) == ("a@exemple.org", "b@exemple.org")
    assert (first["Subject"], second["Subject"]) == ("Le ciel d’octobre", "En Somme")
    assert not first.defects and not second.defects
    assert all(start <= one["Date"].datetime <= datetime.now(PARIS) for one in (first, second))
    assert "0 message remis, 2 déjà.\n" in send()
    place.subscribers.write_text("c@exemple.org\nA@EXEMPLE.org\nb@exemple.org,somme\n", "utf-8")
    send()
    assert post.recipients == ["a@exemple.org", "b@exemple.org", "c@exemple.org"]


@pytest.mark.parametrize(("key", "value"), [("PORTAIL_NOM", "Autre"), ("SITEURL", "https://x.fr")])
def test_a_letter_under_another_name_is_not_sent(send, place, post, key, value):
    settings = place.folder / "pelicanconf.py"
    settings.write_text(f'{settings.read_text("utf-8")}{key} = "{value}"\n', "utf-8")
    assert "n’est pas à l’enseigne de ce site" in send("--premier-envoi", code=2)
    assert post.received == []


def test_frozen_elsewhere_is_not_sent(send, post):
    said = send(code=2)
    assert "ne le connaît pas" in said and "--premier-envoi" in said
    assert not post.received and not post.connections


def test_refused_put_off_and_accepted_later(send, post):
    post.answers = {"a@exemple.org": ["550 5.1.1 nobody here"], "b@exemple.org": ["450 4.2.0 grey"]}
    said = send("--premier-envoi", code=1)
    assert "1 message remis.\nRefusés par le serveur (1) :\n" in said
    assert "  a@exemple.org, region : 550 5.1.1 nobody here\n" in said
    assert post.recipients == ["b@exemple.org"]
    send()  # asked again: a server that says no has taken nothing
    assert post.recipients == ["b@exemple.org", "a@exemple.org"]


def test_what_a_server_says_drives_no_terminal(send, place, post):
    drawn = "\x1b]0;titre\x07\x1b[2J"
    post.answers = {"a@exemple.org": [f"550 5.1.1 {drawn}"], "b@exemple.org": [f"450 {drawn}"]}
    post.data = {"b@exemple.org": [f"554 {drawn}"]}
    said = send("--premier-envoi", code=1)
    assert said.count("\\u001b[2J") == 2 and all(one.isprintable() for one in said.splitlines())
    assert all("\x1b" not in str(told) for one in place.records() for told in one.values())


def test_a_connection_dropped_before_the_message(send, post):
    post.drop = {"a@exemple.org": "avant"}
    send("--premier-envoi")
    assert post.recipients == ["b@exemple.org", "a@exemple.org"]


@pytest.mark.parametrize(("when", "taken"), [("milieu", 0), ("apres", 1)])
def test_a_connection_dropped_in_the_middle(send, post, when, taken):
    """From here nobody can tell one from the other: the end of the message was sent."""
    post.drop = {"a@exemple.org": when}
    assert "1 message remis.\nIncertains, " in send("--premier-envoi", code=1)
    said = send(code=1)
    assert "  a@exemple.org, region : " in said and "--renvoyer-incertains" in said
    assert post.recipients == ["a@exemple.org"] * taken + ["b@exemple.org"]
    send("--renvoyer-incertains")
    assert post.recipients[-1] == "a@exemple.org"
    mine = [parsed(data)["Message-ID"] for to, data in post.received if to == "a@exemple.org"]
    assert len(mine) == taken + 1 and len(set(mine)) == 1, "whoever has both sees one"


def test_a_server_that_is_too_slow(send, place, post, monkeypatch):
    post.slow = 3.0
    monkeypatch.setattr(smtp, "TIMEOUT", 1.0)
    place.subscribers.write_text("a@exemple.org\n", "utf-8")
    send("--premier-envoi", code=1)
    assert [one["etape"] for one in place.records()][-2:] == ["intention", "incertain"]


def test_a_certificate_of_another_name(send, serve):
    post = serve(name="autre.example.org")
    assert "son certificat n’est pas valable" in send("--premier-envoi", code=2)
    assert not post.received and not post.logins


def test_an_unknown_authority(send, post, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    send("--premier-envoi", code=2)
    assert not post.received and not post.logins


def test_a_server_without_tls(send, serve):
    post = serve(tls=False)
    assert "il n’offre pas ce qu’on lui demande (STARTTLS" in send("--premier-envoi", code=2)
    assert not post.received
    send("--sans-tls")
    assert len(post.received) == 2


def test_a_wrong_password_is_never_told(send, place, post, monkeypatch):
    monkeypatch.setenv("PORTAIL_ENVOI_MOT_DE_PASSE", "secret-faux-9")
    said = send("--premier-envoi", code=2)
    assert "répond « 535 5.7.8 bad password *** »" in said
    assert "secret-faux-9" not in said + place.journal.read_text("utf-8")
    assert not post.received


def test_a_secret_with_a_newline_and_a_crash_tell_nothing(send, monkeypatch):
    monkeypatch.setenv("PORTAIL_ENVOI_SERVEUR", "localhost:9")
    monkeypatch.setenv("PORTAIL_ENVOI_MOT_DE_PASSE", "secret\nBcc: tous@example.org")
    said = send(code=2)
    assert "contient un accent, une fin de ligne" in said and "Bcc" not in said
    monkeypatch.setenv("PORTAIL_ENVOI_MOT_DE_PASSE", "secret-interne")

    def broken(*_):
        raise ValueError("Invalid header value b'token secret-interne'")

    monkeypatch.setattr("portail_envoi.command.send", broken)
    said = send(code=70)
    assert "Invalid header value b'token ***'" in said and "secret-interne" not in said


def test_the_address_of_a_list(send, post, monkeypatch):
    monkeypatch.setenv("PORTAIL_ENVOI_LISTES", "region=lettre@listes.example.org")
    arguments = [WEEK, "--vers", "liste", "--deja-construit", "--premier-envoi"]
    assert envoyer(arguments) == 0
    assert envoyer(arguments) == 0
    assert post.recipients == ["lettre@listes.example.org"]
    message = parsed(post.received[0][1])
    assert message["To"] == "lettre@listes.example.org"
    assert not [name for name in message if name.lower().startswith("list-")]
    send(code=2)  # another way would send it twice to the same people
    assert len(post.received) == 1


GONE = "550 5.1.1 nobody here"


def people(place, count):
    """So many subscribers, written in the file."""
    names = [f"p{number}@exemple.org" for number in range(count)]
    place.subscribers.write_text("\n".join(names), "utf-8")
    return names


@pytest.mark.parametrize(("dead", "count"), [(60, 100), (60, 60)])
def test_whoever_is_refused_stops_and_strikes_off_nobody(send, place, post, dead, count):
    """Dead addresses at the head of the list, or a server that refuses everyone."""
    everyone = people(place, count)
    post.answers = {one: [GONE] for one in everyone[:dead]}
    said = send("--premier-envoi", code=1)
    assert f"Refusés par le serveur ({dead}) :\n  {everyone[0]}, region : {GONE}\n" in said
    assert f"  … et {dead - 50} autres, que nomme le journal\n" in said
    assert post.recipients == everyone[dead:]
    send()
    assert sorted(post.recipients) == sorted(everyone)


def test_faulty_lines_are_told_at_once_and_nothing_is_sent(send, place, post):
    lines = ["a@exemple.org", "b c@exemple.org", "sans-arobase", "d@exemple.org,sommme"]
    place.subscribers.write_text("\n".join(lines), "utf-8")
    assert send("--premier-envoi", code=2) == (
        f"{place.subscribers} est fautif, rien n’est envoyé.\n"
        "  ligne 2 : « b c@exemple.org » n’est pas une adresse de courriel\n"
        "  ligne 3 : « sans-arobase » n’est pas une adresse de courriel\n"
        "  ligne 4 : « d@exemple.org » : l’édition « sommme » n’existe pas. Vouliez-vous dire "
        "« somme » ?\n"
    )
    assert not post.connections and not place.journal.exists()


def test_people_are_not_named_in_the_repository(send, place, monkeypatch):
    inside = place.folder / "abonnes.csv"
    inside.write_text("a@exemple.org\n", "utf-8")
    place.subscribers.unlink()
    place.subscribers.symlink_to(inside)
    monkeypatch.setenv("PORTAIL_ENVOI_SERVEUR", "localhost:1")
    assert "Le fichier d’abonnés est dans le dépôt" in send(code=2)
    monkeypatch.setenv("PORTAIL_JOURNAL", str(place.folder / "journal"))
    assert envoyer([WEEK, "--vers", "liste"]) == 2


def test_a_week_to_come_is_not_sent(place, capsys):
    assert envoyer(["2021-s40", "--vers", "abonnes"]) == 2
    assert "Le numéro de 2021-s40 part le jeudi 7\u00a0octobre 2021" in capsys.readouterr().err


def test_a_site_that_shows_something_else_is_not_sent(send, place, post):
    write_issue(place.folder / "output", NUMERO, sent=False)
    send("--premier-envoi", code=2)
    other = NUMERO.model_copy(update={"apercu": "Autre chose"})
    write_issue(place.folder / "output", other)
    assert "montre autre chose que ce qui a été figé" in send("--premier-envoi", code=2)
    assert not post.received


def test_a_trial_leaves_no_trace(place, post, capsys):
    before = sorted(place.folder.rglob("*"))
    assert envoyer([WEEK, "--essai", "moi@exemple.org", "--deja-construit"]) == 0
    assert "Essai remis au serveur pour moi@exemple.org" in capsys.readouterr().out
    message = parsed(post.received[0][1])
    assert message["Subject"] == "[Essai] Le ciel d’octobre"
    assert message["Date"].datetime.date() == datetime.now(PARIS).date()
    assert sorted(place.folder.rglob("*")) == before and not place.journals.exists()


def test_what_is_made_up_goes_to_nobody(send, place, post):
    told = place.frozen.read_text("utf-8")
    place.frozen.write_text(told.replace("Le ciel", "Exemple · Le ciel"), "utf-8")
    assert "supprimez ce fichier et relancez" in send("--premier-envoi", code=2)
    assert not post.received


def test_a_simulation_opens_nothing(send, place, monkeypatch):
    monkeypatch.setenv("PORTAIL_ENVOI_SERVEUR", "smtp.example.org")
    assert send("--simuler") == (
        "Simulation : 2021-s39, par smtp.example.org:587. Rien n’est fait.\n"
        "  region : 1 destinataire\n"
        "  somme : 1 destinataire\n"
    )
    assert not place.journals.exists()


def test_own_ways_to_leave(send, place, post):
    """That of one’s line, else a message to the editors."""
    link = "https://l.example.org/q?e=a&j=1"
    place.subscribers.write_text(f"a@exemple.org,,{link}\nb@exemple.org\n", "utf-8")
    send("--premier-envoi")
    message = (
        "mailto:redaction@portail.example.org?subject=desabonnement%20region%20b%40exemple.org"
    )
    for (_, data), way in zip(post.received, (link, message), strict=True):
        read = parsed(data)
        assert read["List-Unsubscribe"] == f"<{way}>"
        assert (read["List-Unsubscribe-Post"] is not None) is (way == link)
        text, html = (part.get_content() for part in read.iter_parts())
        assert text.count(way) == 1 and html.count(way.replace("&", "&amp;")) == 1
        assert PAGE not in text + html


@pytest.fixture
def commands(place, monkeypatch):
    """The other commands, replaced: freezing writes the file, building does what is done already.
    They are given none of the settings of the sending."""
    called = []
    data = place.frozen.read_bytes()
    place.frozen.unlink()

    def fake(command, env, **_):
        assert not [name for name in env if name.startswith("PORTAIL_ENVOI_")]
        called.append(command[3:])
        if command[3] == "newsletter":
            place.frozen.write_bytes(data)
        code = 1 if called.count(command[3:]) == 1 and command[3] == "build" else 0
        return SimpleNamespace(returncode=code)

    monkeypatch.setattr(preparing, "subprocess", SimpleNamespace(run=fake))
    return called


def freeze_and_send(place):
    return envoyer([WEEK, "--vers", "abonnes", "--abonnes", str(place.subscribers)])


def test_it_freezes_then_builds_then_sends(place, post, commands, capsys):
    """The first build fails: what was frozen here is sent by the next run, without a word more."""
    assert freeze_and_send(place) == 2
    assert "a échoué : rien n’est envoyé." in capsys.readouterr().err
    assert not post.received
    assert freeze_and_send(place) == 0
    built = ["build", "-q", "--output", str(place.folder / "output")]
    assert commands == [["newsletter", "figer", WEEK], built, built]
    assert len(post.received) == 2


def test_what_was_frozen_elsewhere_meanwhile_is_not_sent(place, post, commands):
    assert freeze_and_send(place) == 2
    data = place.frozen.read_bytes()
    place.frozen.write_bytes(data.replace(b"2021-09-30", b"2021-09-29", 1))
    assert freeze_and_send(place) == 2
    assert not post.received and len(commands) == 2


def test_the_folder_must_be_a_portal(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert envoyer([WEEK, "--vers", "liste"]) == 2
    assert "placez-vous dans le dossier du portail" in capsys.readouterr().err


def test_a_setting_that_means_nothing_stops_everything(place, post, monkeypatch, capsys):
    monkeypatch.setenv("PORTAIL_ENVOI_SERVER", "smtp.example.org")
    assert envoyer([WEEK, "--vers", "abonnes", "--abonnes", str(place.subscribers)]) == 2
    assert capsys.readouterr().err == (
        "Le réglage PORTAIL_ENVOI_SERVER n’existe pas. Vouliez-vous dire "
        "« PORTAIL_ENVOI_SERVEUR » ?\n"
    )
    assert not post.connections


def test_the_documents_name_no_option_that_is_gone(racine, capsys):
    """``--help`` lists the options; the page names those that need a word more."""
    assert envoyer(["--help"]) == 0
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    page = (racine / "plugins/portail_envoi/docs/sending.md").read_text("utf-8")
    named = set(re.findall(r"`(--[a-z][a-z-]*)", page))
    assert named and named <= options
