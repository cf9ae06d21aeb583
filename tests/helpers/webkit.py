"""WebKit, the engine of every iPhone, as a browser of the tests: what WebDriver lets one ask of it.

Debian's ``WebKitWebDriver`` (webkit2gtk-driver) opens a small browser, which needs a screen: Xvfb
gives one. It speaks WebDriver (https://www.w3.org/TR/webdriver2/) over HTTP, and tells nothing of
the console: pages served with ``LISTENING`` before their own scripts keep what went wrong.
"""

import json
import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from socket import socket
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from firefox import SECONDS, Firefox

LISTENING = """
const keep = (said) => sessionStorage.setItem('said',
  JSON.stringify([...JSON.parse(sessionStorage.getItem('said') ?? '[]'), said]));
addEventListener('error',
  ({ message, target }) => keep(message ?? `not loaded: ${target.src}`), true);
addEventListener('unhandledrejection', ({ reason }) => keep(String(reason)));
addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  keep(`${violatedDirective}: ${blockedURI}`));
"""
"""What a page runs first: errors, promises that nobody awaits, what its policy refuses."""

_READ = "const said = sessionStorage.getItem('said'); sessionStorage.removeItem('said');"
_COMMANDS = {
    "WebDriver:Navigate": ("POST", "url"),
    "WebDriver:ExecuteScript": ("POST", "execute/sync"),
    "WebDriver:ElementClick": ("POST", "element/{id}/click"),
    "WebDriver:ElementSendKeys": ("POST", "element/{id}/value"),
    "WebDriver:SetWindowRect": ("POST", "window/rect"),
    "WebDriver:TakeScreenshot": ("GET", "screenshot"),
}
"""Method and address, below the session, of each command that Marionette names."""


def program():
    """Path of the driver; a test fails, and is not skipped, without it."""
    found = os.environ.get("WEBKIT_DRIVER") or shutil.which("WebKitWebDriver") or ""
    assert found, "no WebKit: apt-get install -y webkit2gtk-driver xvfb (or WEBKIT_DRIVER=/path)"
    assert shutil.which("Xvfb"), "no screen for WebKit: apt-get install -y xvfb"
    return found


class WebKit(Firefox):
    """One window, asked as that of Firefox is."""

    def __init__(self, address):
        self.address = address
        self.host = ""
        self.sent = 0
        session = self._request("POST", "/session", {"capabilities": {}})
        self.address = f"{address}/session/{session['sessionId']}"

    def ask(self, command, **given):
        """What ``command`` answers. Raises ``RuntimeError`` with what it says."""
        method, path = _COMMANDS[command]
        body = {name: value for name, value in given.items() if name != "id"}
        return self._request(method, f"/{path.format(**given)}", body if method == "POST" else None)

    def _request(self, method, path, body):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = Request(f"{self.address}{path}", data, headers, method=method)
        try:
            with urlopen(request, timeout=SECONDS) as answer:
                return json.load(answer)["value"]
        except HTTPError as error:
            raise RuntimeError(f"{path} {body}: {error.read().decode()}") from error

    def click(self, selector):
        """Press where a finger would, once the page has come there: the driver does not wait for
        the end of a smooth scroll."""
        there = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })"
        self.run(there, self.element(selector))
        super().click(selector)

    def text(self, selector):
        """The words that are heard, spaces made ordinary: the driver leaves out those that are
        there for screen readers alone."""
        said = self.run("return arguments[0].innerText", self.element(selector))
        return " ".join(said.split())

    def errors(self, host):
        """What went wrong in pages since the last call."""
        return self.run(f"{_READ} return JSON.parse(said ?? '[]')")

    def close(self):
        """End the session and its window."""
        self._request("DELETE", "", None)


@contextmanager
def webkit(driver, folder):
    """A WebKit in Paris on a screen of its own, its profile in ``folder``, closed at the end."""
    with _screen() as display, socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        process = subprocess.Popen(
            [driver, f"--port={port}"],
            env={
                **os.environ,
                "DISPLAY": display,
                "HOME": str(folder),
                "LANG": "fr_FR.UTF-8",
                "LIBGL_ALWAYS_SOFTWARE": "1",
                "TZ": "Europe/Paris",
                "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
                "XDG_RUNTIME_DIR": str(folder),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            browser = _connected(f"http://127.0.0.1:{port}", process)
            yield browser
            browser.close()
        finally:
            process.terminate()
            process.wait()


def _connected(address, process):
    end = time.monotonic() + SECONDS
    while True:
        assert process.poll() is None and time.monotonic() < end, "WebKit does not start"
        try:
            return WebKit(address)
        except (URLError, ConnectionError):
            time.sleep(0.05)


@contextmanager
def _screen():
    """A screen that is free, which Xvfb names on a pipe once it is there."""
    reading, writing = os.pipe()
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as pipe:
            yield f":{pipe.readline().strip()}"
    finally:
        process.terminate()
        process.wait()
