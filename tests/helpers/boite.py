"""A mailbox: Dovecot on a free port of this machine, for one person."""

import imaplib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

USER = "propositions@portail.example.org"
PASSWORD = "m0t-de-la-boite"
FOLDERS = {"Traités": "Trait&AOk-s", "À voir": "&AMA- voir", "Réponses": "R&AOk-ponses"}
_CONF = """
protocols = imap
base_dir = {folder}/run
log_path = {folder}/log
ssl = {ssl}
{certificate}
default_internal_user = {keeper}
default_internal_group = {group}
default_login_user = {login}
auth_mechanisms = plain login
first_valid_uid = 1
mail_max_userip_connections = 100
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {secure}
  }}
}}
namespace inbox {{
  inbox = yes
  separator = {separator}
  prefix = {prefix}
}}
"""
_OF_2_3 = """
disable_plaintext_auth = no
mail_location = maildir:{folder}/home/mail
mail_plugins = quota
plugin {{
  quota = maildir:Boite
  quota_rule = *:storage={room}
  quota_grace = 0%
}}
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
"""
_OF_2_4 = """
auth_allow_cleartext = yes
mail_driver = maildir
mail_path = {folder}/home/mail
mail_plugins {{
  quota = yes
}}
quota "Boite" {{
  quota_storage_size = {room}
  quota_storage_grace = 0
}}
passdb passwd-file {{
  passwd_file_path = {folder}/users
}}
userdb static {{
  fields {{
    uid = {uid}
    gid = {gid}
    home = {folder}/home
  }}
}}
"""


def _free():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def program():
    """Where Dovecot is; Debian puts it where ordinary users do not look."""
    return shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")


class Boite:
    """A mailbox that is there, until ``stop``."""

    def __init__(self, *, certificate=None, room="200M", prefix=""):
        # Dovecot reads it as another user, whom the folders of tests keep out.
        self.prefix = prefix
        self.folder = folder = Path(tempfile.mkdtemp(prefix="boite-"))
        self.port, self.secure = _free(), _free()
        root = os.geteuid() == 0
        uid, gid = (8, 8) if root else (os.getuid(), os.getgid())
        me, mine = (
            subprocess.run(["id", which], capture_output=True, text=True, check=True).stdout.strip()
            for which in ("-un", "-gn")
        )
        keeper, group, login = ("dovecot", "dovecot", "dovenull") if root else (me, mine, me)
        (folder / "home").mkdir()
        for one in (folder, folder / "home"):
            os.chown(one, uid, gid)
        folder.chmod(0o711)
        (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
        done = subprocess.run([program(), "--version"], capture_output=True, text=True, check=True)
        new = not done.stdout.startswith("2.3")
        head = "dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\n" if new else ""
        names = ("ssl_server_cert_file = ", "ssl_server_key_file = ")
        pems = names if new else ("ssl_cert = <", "ssl_key = <")
        text = head + (_CONF + (_OF_2_4 if new else _OF_2_3)).format(
            folder=folder,
            ssl="yes" if certificate else "no",
            certificate="\n".join(
                f"{key}{pem}" for key, pem in zip(pems, certificate or (), strict=False)
            ),
            keeper=keeper,
            group=group,
            login=login,
            port=self.port,
            secure=self.secure if certificate else 0,
            uid=uid,
            gid=gid,
            room=room,
            prefix=prefix,
            separator="." if prefix else "/",
        )
        (folder / "conf").write_text(text, encoding="utf-8")
        self._process = subprocess.Popen(
            [program(), "-F", "-c", str(folder / "conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        end = monotonic() + 20
        while True:
            try:
                self.opened().logout()
                break
            except (OSError, imaplib.IMAP4.error):
                if monotonic() > end:  # nobody will stop it
                    said = (folder / "log").read_text() if (folder / "log").exists() else ""
                    self.stop()
                    raise RuntimeError(f"Dovecot does not start. {said}") from None
                sleep(0.05)

    def stop(self):
        with suppress(ProcessLookupError):  # at once: to end well would take a second
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)

    def opened(self):
        imap = imaplib.IMAP4("127.0.0.1", self.port)
        imap.login(USER, PASSWORD)
        return imap

    def _named(self, folder):
        """As IMAP writes it."""
        if folder in FOLDERS:
            return f'"{self.prefix}{FOLDERS[folder]}"'
        return f'"{folder}"'

    def put(self, *messages, folder="INBOX"):
        """Deliver messages."""
        with self.opened() as imap:
            for one in messages:
                name = self._named(folder)
                kind, told = imap.append(name, None, None, bytes(one))
                assert kind == "OK", told

    def all(self, folder="INBOX"):
        """The messages of a folder; none where it is not there."""
        with self.opened() as imap:
            if imap.select(self._named(folder), readonly=True)[0] != "OK":
                return []
            rows = imap.uid("FETCH", "1:*", "(FLAGS BODY.PEEK[])")[1]
            return [row[1] for row in rows if isinstance(row, tuple)]

    def flags(self, folder):
        """What marks each message of a folder."""
        with self.opened() as imap:
            imap.select(self._named(folder), readonly=True)
            return [row.decode() for row in imap.uid("FETCH", "1:*", "(FLAGS)")[1] if row]


__all__ = ["FOLDERS", "PASSWORD", "USER", "Boite", "program"]
