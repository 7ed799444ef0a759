"""Open a page in headless Chromium and look at it.

usage: chromium.py URL [SHOTS]

Opens the page 400 and 1,600 pixels wide, in light and in dark, and as it is
printed on A4 paper, and prints one JSON object per line: what the console said, what the page asked the network
for, how wide it is, text with too little contrast, and what is in its <data>
elements.  With SHOTS, a folder, saves pictures there, of 1,600 lines each.

Speaks the DevTools protocol over two pipes, so nothing is listened on.
"""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile

SHOT = 1600  # lines of a picture
PAPER = 718  # pixels across A4 within Chromium's margins

LOOK = r"""
(() => {
  const parse = c => (c.match(/[\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const f = v => (v /= 255) <= 0.04045 ? v / 12.92
                                         : ((v + 0.055) / 1.055) ** 2.4;
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
  };
  const behind = e => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const pale = [];
  for (const e of document.body.querySelectorAll('*')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 &&
                                            n.data.trim() !== '');
    if (!own || e.closest('script, title, desc, .patterns') ||
        e.getClientRects().length === 0)
      continue;
    const style = getComputedStyle(e);
    const ink = parse(e instanceof SVGElement ? style.fill : style.color);
    const a = light(ink), b = light(behind(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) pale.push([e.tagName, e.textContent.slice(0, 40), ratio]);
  }
  const cut = [];
  for (const e of document.querySelectorAll('.tiles dd, h1, h2, h3, .legend'))
    if (e.scrollWidth > e.clientWidth + 1) cut.push(e.textContent.slice(0, 40));
  return {
    width: document.documentElement.scrollWidth,
    height: document.documentElement.scrollHeight,
    pale, cut,
    ran: Boolean(window.ran),
    summary: JSON.parse(document.getElementById('summary').textContent),
    data: [...document.querySelectorAll('data[data-key]')].map(
      e => [e.dataset.key, e.value, e.textContent]),
    styled: getComputedStyle(document.querySelector('.tiles')).display,
    names: [...document.querySelectorAll('svg[role=img]')].map(
      e => (e.getAttribute('aria-labelledby') || '').split(' ').map(
        id => document.getElementById(id)?.textContent || null)),
    hosts: [...document.querySelectorAll('tbody th')].length,
  };
})()
"""


class Browser:
    """A Chromium with one page."""

    def __init__(self, folder):
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        ours, theirs = os.pipe(), os.pipe()

        def take_pipes():
            os.dup2(ours[0], 103)
            os.dup2(theirs[1], 104)
            os.dup2(103, 3)
            os.dup2(104, 4)

        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu",
             "--disable-dev-shm-usage", "--no-first-run",
             "--disable-background-networking", "--disable-component-update",
             "--force-color-profile=srgb", "--hide-scrollbars",
             f"--user-data-dir={os.path.abspath(folder)}", "--remote-debugging-pipe",
             "about:blank"],
            preexec_fn=take_pipes, close_fds=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(ours[0])
        os.close(theirs[1])
        self.out, self.into, self.rest = ours[1], theirs[0], b""
        self.last, self.events, self.session = 0, [], None
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target,
                                flatten=True)["sessionId"]
        for domain in "Page", "Runtime", "Log", "Network":
            self.ask(domain + ".enable")

    def read(self):
        while b"\0" not in self.rest:
            piece = os.read(self.into, 1 << 20)
            if not piece:
                sys.exit("chromium.py: error: Chromium has ended")
            self.rest += piece
        text, self.rest = self.rest.split(b"\0", 1)
        return json.loads(text)

    def ask(self, method, **params):
        self.last += 1
        message = {"id": self.last, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.last:
                if "error" in answer:
                    sys.exit(f"chromium.py: error: {method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, method):
        while not any(e.get("method") == method for e in self.events):
            self.events.append(self.read())

    def end(self):
        self.session = None
        self.ask("Browser.close")
        self.process.wait()


def look(browser, url, width, scheme, shots):
    """What there is to be seen at this width and in these colours."""
    browser.events = []
    browser.ask("Emulation.setDeviceMetricsOverride", width=width, height=900,
                deviceScaleFactor=1, mobile=False)
    browser.ask("Emulation.setEmulatedMedia",
                media="print" if scheme == "print" else "screen", features=[
                    {"name": "prefers-color-scheme", "value": scheme}])
    browser.ask("Page.navigate", url=url)
    browser.wait("Page.loadEventFired")
    seen = browser.ask("Runtime.evaluate", expression=LOOK, returnByValue=True)
    if "exceptionDetails" in seen:
        sys.exit(f"chromium.py: error: {seen['exceptionDetails']}")
    seen = seen["result"]["value"]
    if shots:  # all of it is drawn before the pictures are taken
        browser.ask("Emulation.setDeviceMetricsOverride", width=width,
                    height=seen["height"], deviceScaleFactor=1, mobile=False)
    for top in range(0, seen["height"] if shots else 0, SHOT):
        height = min(SHOT, seen["height"] - top)
        shot = browser.ask("Page.captureScreenshot", captureBeyondViewport=True,
                           clip={"x": 0, "y": top, "width": width,
                                 "height": height, "scale": 1})
        name = f"{width}-{scheme}-{top // SHOT}.png"
        with open(os.path.join(shots, name), "wb") as file:
            file.write(base64.b64decode(shot["data"]))
    seen["at"] = [width, scheme]
    seen["said"] = [e["params"] for e in browser.events if e.get("method") in
                    ("Log.entryAdded", "Runtime.consoleAPICalled",
                     "Runtime.exceptionThrown")]
    seen["asked"] = [e["params"]["request"]["url"] for e in browser.events
                     if e.get("method") == "Network.requestWillBeSent"]
    return seen


def main():
    url, shots = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    # Its children may still write there when it has ended.
    with tempfile.TemporaryDirectory(dir=".", ignore_cleanup_errors=True) \
            as folder:
        browser = Browser(folder)
        for width in 400, 1600:
            for scheme in "light", "dark":
                print(json.dumps(look(browser, url, width, scheme, shots)))
        print(json.dumps(look(browser, url, PAPER, "print", shots)))
        browser.end()


main()
