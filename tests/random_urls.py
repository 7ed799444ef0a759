"""Random URLs and Locations, and why ours may be sent otherwise than curl's.

Usage: random_urls.py make N SEED      prints N URLs, then N Locations
       random_urls.py compare LIST OURS CURLS
           LIST has the texts, OURS the targets that came to a proxy, a line
           each, empty where none came, and the folder CURLS a file for each
           line that has one, called by its number.  Prints how often each
           reason was needed; status 1 where there is none.
"""
import collections
import os
import random
import re
import sys
import urllib.parse

SCHEMES = ["http://"] * 12 + ["HTTP://", "http:/", "http:///", "http:", "", "http:\\\\"]
USERS = [""] * 8 + ["u:p@", "u@", "@", "u:p%40@"]
HOSTS = ["h.example"] * 8 + """H.Example 127.1 0x7f.0.0.1 017.1 h.example. 1.2.3.4
    256.1.1.1 foo.1 a_b.example a-.example [::1] [0:0::1] xn--bcher-kva.example
    b\u00fccher.example h%2eexample""".split()
PORTS = [""] * 8 + [":80", ":8080", ":", ":0", ":65536", ":x", ":08080"]
SEGMENTS = """a b.c . .. %2e %2E%2e %41 %2f %C3%bc \u00fc x|y {z} "q" <t> ` ^ ' ~ a;b
    a:b @ \\ %zz % [b] $ + ,""".split() + ["", "a b"]
QUERIES = [None] * 3 + ["", "x=1", "a b", "q'\"", "%2F", "\u00fc", "a?b", "\\", "{}|^`", "/../"]
FRAGMENTS = [None] * 4 + ["", "f", "a b", "?x"]


def tail(rng, path):
    query, fragment = rng.choice(QUERIES), rng.choice(FRAGMENTS)
    return (
        path
        + ("" if query is None else "?" + query)
        + ("" if fragment is None else "#" + fragment)
    )


def path(rng, least):
    return "/".join(rng.choice(SEGMENTS) for _ in range(rng.randint(least, 4)))


def whole(rng):
    some = path(rng, 0)
    return (
        rng.choice(SCHEMES)
        + rng.choice(USERS)
        + rng.choice(HOSTS)
        + rng.choice(PORTS)
        + tail(rng, "/" + some if some else "")
    )


def location(rng):
    kind = rng.randrange(5)
    if kind == 0:
        return whole(rng)
    start = {1: "/", 2: "//" + rng.choice(HOSTS) + "/", 3: "", 4: "a/"}[kind]
    return tail(rng, start + path(rng, 1)) or "a"


def make(count, seed):
    rng = random.Random(seed)
    for number in range(2 * count):
        print((whole if number < count else location)(rng).strip() or "a")


# The table of the manual page's section URLS: what a text has in it that makes
# a difference.  It has lost its fragment.
REASONS = [
    ("backslash", r"\\"),
    ("space", r" "),
    ("slashes of the scheme", r"(?i)^http:(/?[^/]|///)"),
    ("case of the host", r"^[^?]*H\.Example"),
    ("escaped host", r"^[^?]*//[^/?]*%(2e|zz)"),
    ("address or not", r"(//|^)[^/?]*(\b|@)(256\.1\.1\.1|foo\.1|127\.1|0x7f|017\.1)"),
    ("IPv6 form", r"0:0::1"),
    ("international name", r"b\u00fccher"),
    ("the port", r":(80|0|08080|65536|x)?(?=[/?]|$)"),
    ("escapes", r"[\"<>`{}^'|\u00fc]"),
    ("empty query", r"\?$"),
    ("escaped dots", r"%2[eE]"),
    ("dot segments", r"/\.\.?(?=[/?]|$)|^\.\.?(?=[/?]|$)"),
]


def is_upper(our, curl, text):
    """curl 8.23 sends escapes in upper case, and ours as they are given."""
    escapes = re.compile("%[0-9a-fA-F]{2}")
    return (
        escapes.sub(lambda escape: escape[0].upper(), our) == curl
        and all(e == e.upper() or e in text for e in escapes.findall(our))
    )


def compare(texts, ours, curls):
    seen, wrong = collections.Counter(), 0
    for text, our, curl in zip(texts, ours, curls, strict=True):
        if our == curl:
            seen["the same"] += 1
            continue
        text = text.split("#")[0]
        if is_upper(our, curl, text):
            seen["case of escapes"] += 1
            continue
        reasons = [name for name, pattern in REASONS if re.search(pattern, text)]
        # Escapes are no reason for another URL, nor do they explain a refusal.
        if our and curl and reasons == ["escapes"]:
            if urllib.parse.unquote(our) != urllib.parse.unquote(curl):
                reasons = []
        if reasons:
            seen[reasons[0]] += 1
        else:
            wrong += 1
            print(f"{text!r}: {our!r}, curl {curl!r}")
    for name, count in seen.most_common():
        print(f"{count:5} {name}")
    return wrong


def lines(name):
    return open(name, encoding="utf-8").read().split("\n")[:-1]


def files(folder, count):
    for number in range(1, count + 1):
        path = f"{folder}/{number}"
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                yield file.read()
        else:
            yield ""


if sys.argv[1] == "make":
    make(int(sys.argv[2]), int(sys.argv[3]))
else:
    texts, ours = lines(sys.argv[2]), lines(sys.argv[3])
    sys.exit(compare(texts, ours, files(sys.argv[4], len(texts))) > 0)
