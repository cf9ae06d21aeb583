"""The command from outside: what it says, what servers receive, with which exit code."""

import re
from contextlib import suppress
from datetime import datetime
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from types import SimpleNamespace

import pytest
from aiosmtpd.smtp import AuthResult

from courrier import PAGE, PASSWORD, WEEK, Post, write_issue
from doses import cases
from lettres import NUMERO
from portail.clock import PARIS
from portail_envoi import command as dispatch
from portail_envoi import preparing
from portail_envoi.command import main as envoyer
from portail_envoi.smtp import Connection


def run(place, *arguments):
    """Send to the subscribers of ``place``, the issue being built."""
    told = ["--vers", "abonnes", "--abonnes", str(place.subscribers), "--deja-construit"]
    return envoyer([WEEK, *told, "--debit", "0", "--delai", "5", *arguments])


def parsed(data):
    """A message as a stranger reads it."""
    return message_from_bytes(data, policy=SMTP)


def test_a_file_of_subscribers_is_served_once(place, serve, capsys):
    post, start = serve(), datetime.now(PARIS).replace(microsecond=0)
    assert run(place, "--premier-envoi") == 0
    assert capsys.readouterr().out == f"2 messages remis au serveur.\nJournal : {place.journal}\n"
    assert post.recipients == ["a@exemple.org", "b@exemple.org"]
    assert post.connections == 2  # one in clear, the same under TLS
    assert post.logins == [(b"lettre", PASSWORD.encode())]
    first, second = (parsed(data) for _, data in post.received)
    assert (first["To"], second["To"]) == ("a@exemple.org", "b@exemple.org")
    assert (first["Subject"], second["Subject"]) == ("Le ciel d’octobre", "En Somme")
    assert not first.defects and not second.defects
    assert all(start <= one["Date"].datetime <= datetime.now(PARIS) for one in (first, second))
    assert run(place) == 0
    said = capsys.readouterr().out
    assert said == f"Rien à envoyer : 2 messages déjà remis.\nJournal : {place.journal}\n"
    place.subscribers.write_text("c@exemple.org\nA@EXEMPLE.org\nb@exemple.org,somme\n", "utf-8")
    assert run(place) == 0
    assert post.recipients == ["a@exemple.org", "b@exemple.org", "c@exemple.org"]


@pytest.mark.parametrize(("key", "value"), [("PORTAIL_NOM", "Autre"), ("SITEURL", "https://x.fr")])
def test_a_letter_under_another_name_is_not_sent(place, serve, capsys, key, value):
    settings = place.folder / "pelicanconf.py"
    settings.write_text(f'{settings.read_text("utf-8")}{key} = "{value}"\n', "utf-8")
    post = serve()
    assert run(place, "--premier-envoi") == 2
    assert "n’est pas à l’enseigne de ce site" in capsys.readouterr().err
    assert post.received == []


def test_frozen_elsewhere_is_not_sent(place, serve, capsys):
    post = serve()
    assert run(place) == 2
    said = capsys.readouterr().err
    assert "rien ne dit ici s’il a été envoyé" in said and "--premier-envoi" in said
    assert not post.received and not post.connections and not place.journal.exists()


def test_refused_put_off_and_accepted_later(place, serve, capsys):
    post = serve()
    post.answers = {"a@exemple.org": ["550 5.1.1 nobody here"], "b@exemple.org": ["450 4.2.0 grey"]}
    assert run(place, "--premier-envoi") == 1
    said = capsys.readouterr().out
    assert "1 message remis au serveur.\n1 refusé (le serveur n’en veut pas) :" in said
    assert "  a@exemple.org, region : 550 5.1.1 nobody here\n" in said
    assert post.recipients == ["b@exemple.org"]
    assert run(place) == 0, "nobody is left to serve"
    assert "1 refusé (" in capsys.readouterr().out
    assert post.recipients == ["b@exemple.org"]


def test_what_a_server_says_drives_no_terminal(place, serve, capsys):
    post = serve()
    drawn = "\x1b]0;titre\x07\x1b[2J"
    post.answers = {"a@exemple.org": [f"550 5.1.1 {drawn}"], "b@exemple.org": [f"450 {drawn}"]}
    post.data = {"b@exemple.org": [f"554 {drawn}"]}
    for _ in range(2):
        run(place, "--premier-envoi")
        said = "".join(capsys.readouterr())
        assert "\\u001b[2J" in said and all(one.isprintable() for one in said.splitlines())
    assert all("\x1b" not in str(told) for one in place.records() for told in one.values())


def test_the_refusal_of_a_password_drives_no_terminal(
    place,
    serve,
    capsys,
    monkeypatch,
):
    refusal = AuthResult(success=False, handled=False, message="535 5.7.8 \x1b[2J\x07non")
    monkeypatch.setattr(Post, "authenticate", lambda *_: refusal)
    serve()
    assert run(place, "--premier-envoi") == 2
    said = "".join(capsys.readouterr())
    assert "« 535 5.7.8 \\u001b[2J\\u0007non »" in said and "\x1b" not in said


def test_a_connection_dropped_before_the_message(place, serve):
    post = serve()
    post.drop = {"a@exemple.org": "avant"}
    assert run(place, "--premier-envoi") == 0
    assert post.recipients == ["b@exemple.org", "a@exemple.org"]


@pytest.mark.parametrize(("when", "taken"), [("milieu", 0), ("apres", 1)])
def test_a_connection_dropped_in_the_middle(place, serve, capsys, when, taken):
    """From here nobody can tell one from the other: the end of the message was sent."""
    post = serve()
    post.drop = {"a@exemple.org": when}
    assert run(place, "--premier-envoi") == 1
    assert "1 message remis au serveur.\n1 incertain (" in capsys.readouterr().out
    assert run(place) == 1
    said = capsys.readouterr().out
    assert "  a@exemple.org, region : " in said and "--renvoyer-incertains" in said
    assert post.recipients == ["a@exemple.org"] * taken + ["b@exemple.org"]
    assert run(place, "--renvoyer-incertains") == 0
    assert post.recipients[-1] == "a@exemple.org"
    mine = [parsed(data)["Message-ID"] for to, data in post.received if to == "a@exemple.org"]
    assert len(mine) == taken + 1 and len(set(mine)) == 1, "whoever has both sees one"


def test_a_server_that_is_too_slow(place, serve):
    post = serve()
    post.slow = 3.0
    place.subscribers.write_text("a@exemple.org\n", "utf-8")
    assert run(place, "--premier-envoi", "--delai", "1") == 1
    assert [one["etape"] for one in place.records()][-2:] == ["intention", "incertain"]


def test_a_certificate_of_another_name(place, serve, capsys):
    post = serve(name="autre.example.org")
    assert run(place, "--premier-envoi") == 2
    assert "Le certificat de localhost n’est pas valable" in capsys.readouterr().err
    assert not post.received and not post.logins


def test_an_unknown_authority(place, serve, monkeypatch):
    post = serve()
    monkeypatch.delenv("PORTAIL_ENVOI_AUTORITE")
    assert run(place, "--premier-envoi") == 2
    assert not post.received and not post.logins


def test_a_server_without_tls(place, serve, capsys):
    post = serve(tls=False)
    assert run(place, "--premier-envoi") == 2
    assert "n’offre pas ce qu’on lui demande" in capsys.readouterr().err
    assert not post.received
    assert run(place, "--sans-tls") == 0
    assert len(post.received) == 2


def test_a_wrong_password_is_never_told(
    place,
    serve,
    capsys,
    monkeypatch,
):
    post = serve()
    monkeypatch.setenv("PORTAIL_ENVOI_MOT_DE_PASSE", "secret-faux-9")
    assert run(place, "--premier-envoi") == 2
    said = capsys.readouterr()
    assert "répond « 535 5.7.8 bad password *** »" in said.err
    assert "secret-faux-9" not in said.out + said.err + place.journal.read_text("utf-8")
    assert not post.received


def test_a_secret_with_a_newline_and_a_crash_tell_nothing(place, capsys, monkeypatch):
    monkeypatch.setenv("PORTAIL_ENVOI_MOT_DE_PASSE", "secret\nBcc: tous@example.org")
    assert run(place) == 2
    said = capsys.readouterr().err
    assert "contient une fin de ligne" in said and "Bcc" not in said
    monkeypatch.setenv("PORTAIL_ENVOI_MOT_DE_PASSE", "secret-interne")

    def broken(*_):
        raise ValueError("Invalid header value b'token secret-interne'")

    monkeypatch.setattr("portail_envoi.command.send", broken)
    assert run(place) == 70
    said = capsys.readouterr().err
    assert "Invalid header value b'token ***'" in said and "secret-interne" not in said


def test_the_address_of_a_list(place, serve, monkeypatch):
    post = serve()
    monkeypatch.setenv("PORTAIL_ENVOI_LISTES", "region=lettre@listes.example.org")
    arguments = [WEEK, "--vers", "liste", "--deja-construit", "--premier-envoi"]
    assert envoyer(arguments) == 0
    assert envoyer(arguments) == 0
    assert post.recipients == ["lettre@listes.example.org"]
    message = parsed(post.received[0][1])
    assert message["To"] == "lettre@listes.example.org"
    assert not [name for name in message if name.lower().startswith("list-")]
    assert run(place) == 2, "another way would send it twice to the same people"
    assert len(post.received) == 1


GONE = "550 5.1.1 nobody here"


def people(place, count):
    """So many subscribers, written in the file."""
    names = [f"p{number}@exemple.org" for number in range(count)]
    place.subscribers.write_text("\n".join(names), "utf-8")
    return names


@pytest.mark.parametrize(("count", "tried"), [(5, 5), (20, 20), (300, 20)])
def test_everyone_refused_stops(place, serve, capsys, count, tried):
    post, everyone = serve(), people(place, count)
    post.answers = {one: ["554 5.7.1 relay denied"] for one in everyone}
    assert run(place, "--premier-envoi") == 2
    said = capsys.readouterr().err
    assert f"n’accepte personne : {tried} destinataires refusés" in said
    assert "(554 5.7.1 relay denied)" in said
    post.answers = {}
    assert run(place) == 0
    assert sorted(post.recipients) == sorted(everyone), "nobody was struck off"


@pytest.mark.parametrize(("dead", "count"), [(6, 12), (19, 20), (60, 100), (100, 120)])
def test_dead_addresses_at_the_head_of_the_list_stop_nobody(place, serve, capsys, dead, count):
    post, everyone = serve(), people(place, count)
    post.answers = {one: [GONE] for one in everyone[:dead]}
    assert run(place, "--premier-envoi") == 1
    said = capsys.readouterr().out
    assert f"{dead} refusés (le serveur n’en veut pas) :" in said
    assert "remis à plus tard" not in said
    assert all(f"  {one}, region : {GONE}" in said for one in everyone[:dead])
    assert sorted(post.recipients) == sorted(everyone[dead:])
    assert run(place) == 0, "nobody is left to serve"


def test_a_kill_among_refusals_strikes_nobody_off(place, serve, monkeypatch):
    """Nothing says yet whose fault they are."""
    post, everyone = serve(), people(place, 12)
    post.answers = {one: ["554 5.7.1 relay denied"] for one in everyone}
    deliver, left = Connection.deliver, [8]

    def killed(self, *arguments):
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        return deliver(self, *arguments)

    monkeypatch.setattr(Connection, "deliver", killed)
    with suppress(KeyboardInterrupt):
        run(place, "--premier-envoi")
    assert left == [0]
    post.answers = {}
    assert run(place) == 0
    assert sorted(post.recipients) == sorted(everyone)


def test_the_dead_alone_are_left(place, serve):
    """The server has taken this letter for others: it has nothing against us."""
    post, everyone = serve(), people(place, 9)
    post.answers = {one: ["450 4.2.0 grey"] * 4 for one in everyone[:6]}
    assert run(place, "--premier-envoi") == 1
    post.answers = {one: [GONE] for one in everyone[:6]}
    assert run(place) == 1
    assert run(place) == 0
    assert sorted(post.recipients) == everyone[6:]


def test_faulty_lines_are_told_at_once_and_nothing_is_sent(place, serve, capsys):
    post = serve()
    lines = ["a@exemple.org", "b c@exemple.org", "sans-arobase", "d@exemple.org,sommme"]
    place.subscribers.write_text("\n".join(lines), "utf-8")
    assert run(place, "--premier-envoi") == 2
    assert capsys.readouterr().err == (
        f"{place.subscribers} : 3 lignes fautives, rien n’est envoyé.\n"
        "  ligne 2 : « b c@exemple.org », elle contient une espace\n"
        "  ligne 3 : « sans-arobase », il y manque « @ »\n"
        "  ligne 4 : « d@exemple.org », l’édition « sommme » n’existe pas, vouliez-vous dire "
        "« somme » ?\n"
    )
    assert not post.connections and not place.journal.exists()


def test_people_are_not_named_in_the_repository(place, capsys, monkeypatch):
    inside = place.folder / "abonnes.csv"
    inside.write_text("a@exemple.org\n", "utf-8")
    place.subscribers.unlink()
    place.subscribers.symlink_to(inside)
    monkeypatch.setenv("PORTAIL_ENVOI_SERVEUR", "localhost:1")
    assert run(place) == 2
    assert "Le fichier d’abonnés est dans le dépôt" in capsys.readouterr().err
    monkeypatch.setenv("PORTAIL_JOURNAL", str(place.folder / "journal"))
    assert envoyer([WEEK, "--vers", "liste"]) == 2


@pytest.mark.parametrize(
    ("week", "words"),
    [
        ("2021-39", "« 2021-39 » n’est pas une semaine. Vouliez-vous dire « 2021-s39 » ?"),
        ("2021-s53", "« 2021-s53 » n’est pas une semaine"),
        ("2021-s40", "Le numéro de 2021-s40 part le jeudi 7\u00a0octobre 2021"),
    ],
)
def test_weeks_that_cannot_be_sent(place, capsys, week, words):
    assert envoyer([week, "--vers", "abonnes"]) == 2
    assert words in capsys.readouterr().err


def test_a_site_that_shows_something_else_is_not_sent(place, serve, capsys):
    post = serve()
    write_issue(place.folder / "output", NUMERO, sent=False)
    assert run(place, "--premier-envoi") == 2
    other = NUMERO.model_copy(update={"apercu": "Autre chose"})
    write_issue(place.folder / "output", other)
    assert run(place, "--premier-envoi") == 2
    assert "montre autre chose que ce qui a été figé" in capsys.readouterr().err
    assert not post.received


def test_a_trial_leaves_no_trace(place, serve, capsys):
    post = serve()
    before = sorted(place.folder.rglob("*"))
    assert envoyer([WEEK, "--essai", "moi@exemple.org", "--deja-construit"]) == 0
    assert "Essai remis au serveur pour moi@exemple.org" in capsys.readouterr().out
    message = parsed(post.received[0][1])
    assert message["Subject"] == "[Essai] Le ciel d’octobre"
    assert message["Date"].datetime.date() == datetime.now(PARIS).date()
    assert sorted(place.folder.rglob("*")) == before and not place.journals.exists()


def test_what_is_made_up_goes_to_nobody_but_who_tries_it(place, serve, capsys):
    """A trial says so in its subject."""
    post = serve()
    text = f"Exemple\u00a0· La pluie\nSe désabonner :\n{PAGE}\n"
    write_issue(place.folder / "output", NUMERO, text=text)
    assert envoyer([WEEK, "--essai", "moi@exemple.org", "--deja-construit"]) == 0
    assert parsed(post.received[0][1])["Subject"].startswith("[Essai, avec des exemples] Le ciel")
    assert "l’envoi se fait sans eux" in capsys.readouterr().out
    file = place.folder / "content" / "newsletters" / f"{WEEK}.envoi.json"
    frozen = file.read_text("utf-8")
    file.write_text(frozen.replace("Le ciel", "Exemple · Le ciel"), "utf-8")
    assert run(place, "--premier-envoi") == 2
    assert "supprimez ce fichier et relancez" in capsys.readouterr().err
    assert len(post.received) == 1


def test_a_letter_to_come_is_tried_on_a_site_of_its_own(place, serve, monkeypatch, capsys):
    """That of its Thursday, built beside; the one after has nothing to try."""
    post = serve()
    called = []

    def fake(command, **_):
        *called[:], folder, _, day = command[3:]
        write_issue(Path(folder), NUMERO.model_copy(update={"semaine": "2021-s40"}), sent=False)
        called.append(day)
        return SimpleNamespace(returncode=0, stdout=None)

    monkeypatch.setattr(preparing, "subprocess", SimpleNamespace(run=fake, PIPE=-1, STDOUT=-2))
    before = sorted(place.folder.rglob("*"))
    assert envoyer(["2021-s40", "--essai", "moi@exemple.org"]) == 0
    assert called == ["build", "--output", "2021-10-07"]
    assert len(post.received) == 1 and sorted(place.folder.rglob("*")) == before
    assert envoyer(["2021-s41", "--essai", "moi@exemple.org"]) == 2
    assert "la dernière qui s’essaie est celle de 2021-s40" in capsys.readouterr().err


def test_a_simulation_opens_nothing(place, capsys, monkeypatch):
    monkeypatch.setenv("PORTAIL_ENVOI_SERVEUR", "smtp.example.org")
    assert run(place, "--simuler") == 0
    assert capsys.readouterr().out == (
        "Simulation : 2021-s39, aux abonnés, par smtp.example.org:587. Rien n’est fait.\n"
        "Le numéro est figé.\n"
        "Rien ne dit ici s’il a déjà été envoyé : il faudrait --premier-envoi.\n"
        "  region : 1 destinataire\n"
        "  somme : 1 destinataire\n"
    )
    assert not place.journals.exists()


def test_own_links_to_leave(place, serve, monkeypatch):
    post = serve()
    monkeypatch.setenv(
        "PORTAIL_ENVOI_DESABONNEMENT", "https://l.example.org/q?e={adresse}&j={jeton}"
    )
    monkeypatch.setenv("PORTAIL_ENVOI_SECRET", "un-secret-de-trente-signes-0123")
    assert run(place, "--premier-envoi") == 0
    for to, data in post.received:
        message = parsed(data)
        link = f"https://l.example.org/q?e={to.replace('@', '%40')}&j="
        assert message["List-Unsubscribe"].startswith(f"<{link}")
        assert "<mailto:redaction@portail.example.org?subject=" in message["List-Unsubscribe"]
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        text, html = (part.get_content() for part in message.iter_parts())
        assert text.count(link) == 1 and html.count(link.replace("&", "&amp;")) == 1
        assert PAGE not in text + html


@pytest.fixture
def commands(place, monkeypatch):
    """The other commands, replaced: freezing writes the file, building does what is done already.
    They are given none of the settings of the sending."""
    called = []
    file = place.folder / "content" / "newsletters" / f"{WEEK}.envoi.json"
    data = file.read_bytes()
    file.unlink()

    def fake(command, env, **_):
        assert not [name for name in env if name.startswith("PORTAIL_ENVOI_")]
        called.append(command[3:])
        if command[3] == "newsletter":
            file.write_bytes(data)
        code = 1 if called.count(command[3:]) == 1 and command[3] == "build" else 0
        return SimpleNamespace(returncode=code, stdout=None)

    monkeypatch.setattr(preparing, "subprocess", SimpleNamespace(run=fake, PIPE=-1, STDOUT=-2))
    return called


def freeze_and_send(place):
    return envoyer([WEEK, "--vers", "abonnes", "--abonnes", str(place.subscribers), "--delai", "5"])


def test_it_freezes_then_builds_then_sends(place, serve, commands, capsys):
    """The first build fails: what was frozen here is sent by the next run, without a word more."""
    post = serve()
    assert freeze_and_send(place) == 2
    assert "Le site n’a pas pu être construit : rien n’est envoyé." in capsys.readouterr().err
    assert not post.received
    assert freeze_and_send(place) == 0
    built = ["build", "--output", str(place.folder / "output")]
    assert commands == [["newsletter", "figer", WEEK], built, built]
    assert len(post.received) == 2


def test_what_was_frozen_elsewhere_meanwhile_is_not_sent(place, serve, commands):
    post = serve()
    assert freeze_and_send(place) == 2
    file = place.folder / "content" / "newsletters" / f"{WEEK}.envoi.json"
    file.write_bytes(file.read_bytes().replace(b"2021-09-30", b"2021-09-29", 1))
    assert freeze_and_send(place) == 2
    assert not post.received and len(commands) == 2


@cases(
    ("now", "sends"),
    [
        ("2021-09-30T07:59", False),
        ("2021-09-30T08:00", True),
        ("2021-09-30T23:10", True),
        ("2021-10-01T08:00", False),
    ],
)
def test_thursday_from_eight(now, sends):
    assert dispatch.is_time(datetime.fromisoformat(now)) is sends


def test_on_another_day_a_scheduled_run_does_nothing(place, capsys, monkeypatch):
    monkeypatch.setattr(dispatch, "is_time", lambda now: False)
    assert run(place, "--si-jeudi") == 0
    assert "Ce n’est pas l’heure" in capsys.readouterr().out
    assert not place.journals.exists()


@pytest.mark.parametrize("utf8", [True, False])
def test_an_address_with_accents(place, serve, capsys, utf8):
    post = serve(utf8=utf8)
    place.subscribers.write_text("été@médiathèque.example.org\na@exemple.org\n", "utf-8")
    assert run(place, "--premier-envoi") == (0 if utf8 else 1)
    accents = "été@xn--mdiathque-53af.example.org"
    assert post.recipients == [accents, "a@exemple.org"][not utf8 :]
    assert (f"{accents}, region : le serveur n’accepte pas" in capsys.readouterr().out) is not utf8
    if utf8:
        assert f"To: {accents}\r\n".encode() in post.received[0][1]


def test_the_folder_must_be_a_portal(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert envoyer([WEEK, "--vers", "liste"]) == 2
    assert "placez-vous dans le dossier du portail" in capsys.readouterr().err


def test_a_setting_that_means_nothing_stops_everything(
    place,
    serve,
    monkeypatch,
    capsys,
):
    post = serve()
    monkeypatch.setenv("PORTAIL_ENVOI_SERVER", "smtp.example.org")
    assert envoyer([WEEK, "--vers", "abonnes", "--abonnes", str(place.subscribers)]) == 2
    assert capsys.readouterr().err == (
        "Le réglage PORTAIL_ENVOI_SERVER n’existe pas. Vouliez-vous dire PORTAIL_ENVOI_SERVEUR ?\n"
    )
    assert not post.connections


def test_the_documents_name_no_option_that_is_gone(racine, capsys):
    """``--help`` lists the options; the page names those that need a word more."""
    assert envoyer(["--help"]) == 0
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    page = (racine / "docs" / "technique" / "sending.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(--[a-z][a-z-]*)", page))
    assert named and named <= options
