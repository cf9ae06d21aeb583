"""Firefox as a browser of the tests: what Marionette, which it speaks itself, lets one ask of it.

Debian's Firefox comes without geckodriver, and Playwright drives one of its own alone. Marionette
is JSON over a local connection (https://firefox-source-docs.mozilla.org/testing/marionette/):
each message begins with its length in bytes; ``[0, n, name, arguments]`` is answered by
``[1, n, error, result]``.
"""

import json
import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from socket import create_connection

SECONDS = 120
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""Name of a reference to an element (WebDriver § 12.1)."""
TAB, ENTER = "\ue004", "\ue007"
PREFERENCES = {
    "marionette.port": 0,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "intl.accept_languages": "fr-FR",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "ui.prefersReducedMotion": 1,
}
"""No request of its own, French pages, a port that is free."""
HEARD = """
const [host] = arguments, { nsIConsoleAPIStorage, nsIScriptError } = Ci;
const kept = Cc["@mozilla.org/consoleAPI-storage;1"].getService(nsIConsoleAPIStorage);
const said = Services.console.getMessageArray().filter((one) => one instanceof nsIScriptError
  && one.sourceName.startsWith(host) && !(one.flags & nsIScriptError.warningFlag)
  && !/ServiceWorker intercepted the request and encountered an unexpected/.test(one.errorMessage))
  .map(({ sourceName, errorMessage }) => `${sourceName}: ${errorMessage}`);
const told = kept.getEvents().filter(({ level, filename }) => level === "error"
  && filename.startsWith(host)).map(({ filename, arguments: given }) => `${filename}: ${given}`);
Services.console.reset();
kept.clearEvents();
return [...said, ...told];
"""
"""What Gecko says of each file still under way when a page is left, and a worker answers for it, is
no fault of the worker: a promise that it breaks has other words (« that rejected with »)."""

TREE = """
const service = Cc["@mozilla.org/accessibilityService;1"].getService(Ci.nsIAccessibilityService);
const { gBrowser } = Services.wm.getMostRecentWindow("navigator:browser"), said = [];
const hidden = (one) => {  // aria-hidden: Gecko keeps these, and says so to screen readers
  try { return one.attributes.getStringProperty("hidden") === "true"; } catch { return false; }
};
const walk = (one) => {
  if (hidden(one)) return;
  said.push([service.getStringRole(one.role), (one.name ?? "").replace(/\\s+/g, " ").trim()]);
  for (let child = one.firstChild; child; child = child.nextSibling) walk(child);
};
const root = service.getAccessibleFor(gBrowser.selectedBrowser)?.firstChild;
if (root) walk(root);
return said;
"""


def program():
    """Path of a Firefox; a test fails, and is not skipped, without one."""
    names = ("firefox-esr", "firefox")
    found = os.environ.get("FIREFOX_BIN") or next(filter(None, map(shutil.which, names)), "")
    assert found, "no Firefox: apt-get install -y firefox-esr (or FIREFOX_BIN=/path/to/firefox)"
    return found


class Firefox:
    """One window. Elements are named by a CSS selector: the first that is seen is meant."""

    def __init__(self, stream):
        self.stream, self.sent, self.host = stream, 0, ""
        self._read()  # it says who it is
        self.ask("WebDriver:NewSession", capabilities={})

    def ask(self, command, **given):
        """What ``command`` of Marionette answers. Raises ``RuntimeError`` with what it says."""
        self.sent += 1
        message = json.dumps([0, self.sent, command, given]).encode()
        self.stream.write(b"%d:%b" % (len(message), message))
        self.stream.flush()
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(f"{command} {given}: {error['error']}, {error['message']}")
        return result["value"] if isinstance(result, dict) and "value" in result else result

    def _read(self):
        length = b"".join(iter(lambda: self.stream.read(1), b":"))
        return json.loads(self.stream.read(int(length)))

    def open(self, url):
        """Load a page, until its ``load`` event."""
        self.ask("WebDriver:Navigate", url=url)

    def run(self, script, *given):
        """What ``return …`` of ``script`` gives in the page, whatever the policy of the page."""
        return self.ask("WebDriver:ExecuteScript", script=script, args=given)

    def privileged(self, script, *given):
        """What ``script``, which sees the browser itself, gives its last argument, a function."""
        self.ask("Marionette:SetContext", value="chrome")
        try:
            return self.ask("WebDriver:ExecuteAsyncScript", script=script, args=given)
        finally:
            self.ask("Marionette:SetContext", value="content")

    def until(self, condition, *given):
        """What the expression ``condition`` is worth once it is true; fails after ``SECONDS``."""
        end = time.monotonic() + SECONDS
        while not (found := self.run(f"return {condition}", *given)):
            assert time.monotonic() < end, (condition, given)
            time.sleep(0.05)
        return found

    def element(self, selector):
        """A reference to the first element of ``selector`` that takes room, waited for."""
        seen = "[...document.querySelectorAll(arguments[0])].find((one) => one.checkVisibility())"
        return self.until(seen, selector)

    def click(self, selector):
        """Press where a finger would: fails if something else is above."""
        self.ask("WebDriver:ElementClick", id=self.element(selector)[ELEMENT])

    def type(self, selector, text):
        """Write ``text`` (or ``TAB``, ``ENTER``) as a keyboard does."""
        self.ask("WebDriver:ElementSendKeys", id=self.element(selector)[ELEMENT], text=text)

    def text(self, selector):
        """The words that are seen, spaces made ordinary."""
        told = self.ask("WebDriver:GetElementText", id=self.element(selector)[ELEMENT])
        return " ".join(told.split())

    def heard(self, words):
        """Role and name of each object of the accessibility tree, in the order of reading, once
        something is named ``words``: Gecko makes the tree when it is first asked for."""
        end = time.monotonic() + SECONDS
        while True:
            self.ask("Marionette:SetContext", value="chrome")
            try:
                found = [(role, name) for role, name in self.run(TREE)]
            finally:
                self.ask("Marionette:SetContext", value="content")
            if any(words in name for _, name in found):
                return found
            assert time.monotonic() < end, (words, found[:20])
            time.sleep(0.1)

    def errors(self, host):
        """What the console said since the last call: errors of scripts of ``host``, policies.

        The process of the page tells them in turn, when it can: an error thrown here is the last,
        and is waited for.
        """
        last, told = f"last {self.sent}", []
        self.run("setTimeout((last) => { throw new Error(last); }, 0, arguments[0])", last)
        end = time.monotonic() + SECONDS
        while not any(last in one for one in told):
            assert time.monotonic() < end, told
            self.ask("Marionette:SetContext", value="chrome")
            try:
                told += self.run(HEARD, host)
            finally:
                self.ask("Marionette:SetContext", value="content")
        return [one for one in told if last not in one]


@contextmanager
def firefox(program, profile):
    """A Firefox in Paris, its profile in an empty folder, closed at the end."""
    rows = [f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in PREFERENCES.items()]
    (profile / "user.js").write_text("".join(rows), encoding="utf-8")
    options = ["--headless", "--no-remote", "--marionette", "--remote-allow-system-access"]
    process = subprocess.Popen(
        [program, *options, "--profile", str(profile)],
        env={**os.environ, "TZ": "Europe/Paris", "HOME": str(profile)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        port, end = profile / "MarionetteActivePort", time.monotonic() + SECONDS
        while not (port.exists() and port.read_text()):
            assert process.poll() is None and time.monotonic() < end, f"{program} does not start"
            time.sleep(0.05)
        with create_connection(("127.0.0.1", int(port.read_text())), timeout=SECONDS) as link:
            yield Firefox(link.makefile("rwb"))
    finally:
        process.terminate()
        process.wait()
