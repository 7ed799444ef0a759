"""Runs with options and lists drawn at random, against servers that misbehave.

random_options.py FANFETCH URL HOSTILE_PORTS SEED ROUNDS [SECONDS]: ROUNDS runs
(0: as many as SECONDS allow) in the current folder, each made by a number of
its own from SEED on.  Each run must end in time, with a status of the contract
and no word of a sanitizer, keep its limits, give a valid line for each record,
and leave whole files alone (run_check.py).  A run that does not is shown with
its number, command and files, and ends it with status 1.

CONTROL_PORT in the environment is that of the server.  The file "peers" names
the URLs of others, "socket" is the server's, too, and tls/ca.pem may be there.

Every option of the table has its values below, or is named in LEFT_OUT.
"""

import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from run_check import (Wrong, check_files, check_line, check_status, check_summary,
                       leftovers, need, read_lines, value_of)

FANFETCH, URL, HOSTILE, SEED, ROUNDS = sys.argv[1:6]
SECONDS = float(sys.argv[6]) if len(sys.argv) > 6 else 0
PORT = urlsplit(URL).port
CONTROL_PORT = int(os.environ["CONTROL_PORT"])
SCALE = min(int(os.environ.get("TIME_SCALE", "2")), 6)
RUN_MAX = 60 * SCALE
ON = [None]
D = "20ms 100ms 1 30s".split()
SIZES = "1 100 4k 70k 1M".split()

# They end it at once, need what is not here, or are in each command.
LEFT_OUT = set("""help version http3 capath cert key timeout output
    input-format""".split())

VALUES = {
    "limit": "1 2 7 100 auto 0".split(), "limit-per-host": "0 1 2 5".split(),
    "concurrency": "0 1 4 200".split(), "concurrency-per-host": "0 1 3".split(),
    "threads": "1 2 3".split(), "force-close": ON, "keepalive-timeout": ["0"] + D,
    "max-conn-lifetime": D, "enable-cleanup-closed": ON, "dns-cache-ttl": ["0"] + D,
    "dns-servers": ["127.0.0.1:1", "[::1]:53,127.0.0.1"],
    "resolve": ["a.test:%d:127.0.0.3" % PORT, "*:%d:127.0.0.4" % PORT],
    "connect-to": ["::127.0.0.5:", "a.test::127.0.0.6:%d" % PORT],
    "ipv4": ON, "ipv6": ON, "happy-eyeballs-delay": D,
    "http1.0": ON, "http1.1": ON, "http2": ON, "http2-prior-knowledge": ON,
    "connect-timeout": D, "read-timeout": D, "queue-timeout": D,
    "deadline": ["300ms", "2", "30"], "grace": ["0", "100ms", "2"],
    "request": "GET HEAD POST PUT DELETE PROPFIND".split(),
    "header": ["X-A: b", "Accept:", "Host: a.test", "Range: bytes=5-", "@headers",
               "Accept-Encoding: br", "Cookie: a=b", "Connection: close"],
    "data": ["a=1", "@data", ""], "data-binary": ["@data"], "data-raw": ["@x"],
    "data-urlencode": ["a=b c", "@data"], "get": ON, "json": ['{"a":1}', "@data"],
    "form": ["a=b", "f=@data;type=a/b", "f=<data"], "form-string": ["a=@b"],
    "upload-file": ["data"], "user-agent": ["", "x"], "referer": ["http://r/"],
    "interface": ["lo", "127.0.0.1"], "unix-socket": ["../socket"], "netrc": ON,
    "config": ["config"], "tls-min": ["1.2", "1.3"],
    "pinnedpubkey": ["sha256//" + "A" * 43 + "="],
    "user": ["u:p", ":"], "basic": ON, "digest": ON,
    "oauth2-bearer": ["t", "@token"], "cookie": ["", "a=b", "cookies"],
    "cookie-jar": ["jar"], "no-decompress": ON, "max-redirects": "0 1 50".split(),
    "location-trusted": ON,
    "proxy": [URL, "socks5h://127.0.0.1:%d" % PORT, "http://127.0.0.1:1",
              "socks4://u:p@127.0.0.1:%d" % PORT],
    "proxy-user": ["u:p"], "noproxy": ["127.0.0.2", "*"], "no-env-proxy": ON,
    "insecure": ON,
    "cacert": ["../tls/ca.pem", "../tls/ca.pem", "/etc/ssl/certs/ca-certificates.crt"],
    "retry": "1 3 20".split(), "retry-delay": ["1ms", "20ms"],
    "retry-max-delay": ["10ms", "200ms"], "retry-max-time": ["100ms", "1"],
    "retry-on": ["500-599", "404,429"], "retry-all-methods": ON,
    "rate": "30 500/s 9000/m".split(), "rate-per-host": "20 300/s".split(),
    "limit-rate": "20k 5M".split(), "limit-rate-per-host": "20k 1M".split(),
    "max-host-failures": "0 1 5".split(),
    "format": ["text", "{url} {error.code} {redirects.0.url}"],
    "resume": ON, "retry-failed": ON, "ordered": ON, "create-dirs": ON,
    "include-headers": ON, "redirects": ON, "attempts": ON, "tls-info": ON,
    "body": "auto text base64 json".split(), "output-dir": ["bodies"],
    "output-name": ["{hash}{ext}", "{index}", "{host}/{path}", "{filename}",
                    "{dir}/{stem}-{query}{ext}", "{hash:1}", "x"],
    "existing": "refuse keep replace number".split(), "continue": ON,
    "sha256": ON, "since": ["earlier", "missing"], "max-size": SIZES,
    "truncate": ["0"] + SIZES, "accept": ["200", "100-999"],
    "expect": ["a.*b", "(a+)+$", "^$"], "expect-size": SIZES, "slow": D,
    "fields": ["index,id,url,ok,error", "error.code,index"],
    "warc": ["a.warc", "a.warc.gz"], "warc-size": ["1k", "1M"],
    "show-secrets": ON, "keep-request": ON, "default-scheme": ["http", "https"],
    "unique": ON, "shard": ["1/1", "1/3"], "look-ahead": "1 5 10000".split(),
    "deny-private": ON, "allow-files": ["files"],
    "allow-host": ["127.0.0.0/8", "a.test"], "deny-host": ["127.0.0.2", "*.test"],
    "progress": ["always", "never"], "summary": ["summary", None],
    "report": ["report.html"], "trace": ["trace"], "quiet": ON, "verbose": ON,
}

PATHS = """/ /delay/5 /delay/80 /status/404 /status/503 /status/304 /status/204
    /bytes/70000 /chunked/3000 /no-length?size=500 /http10 /drip?n=3&gap=5
    /echo /mirror /utf8 /latin1 /json /binary /headers-bytes /gzip?size=90000
    /redirect/3 /redirect/12 /redirect-loop /redirect-no-location
    /redirect-to?url=http://127.0.0.2:%d/echo&pad=50000 /cookie-set?a=b
    /auth-basic /auth-digest /429?retry_after=1&times=2 /flaky?times=1 /stall
    /stall-headers /stall-body?size=100 /reset /reset-body?size=100 /empty
    /truncated?size=1000 /garbage /http09 /bad-chunk /bad-gzip
    /header-line?size=90000 /header-lines?n=900&size=90 /headers-flood
    /continue-flood /endless /bomb?size=90000000 /drop-second
    /close-after-idle?ms=3 /?idle_close=5 /%%41%%2f..%%00 /?header=ETag:"x"
    /?header=Location:/&status=302 /?header=Content-Disposition:x;filename=../y
    """.replace("%d", str(PORT)).replace("%%", "%").split()
BAD = ["", "# nothing", "ftp://h/", "http://", "{", '{"url":1}', "http://[::1",
       '{"url":"http://h/","nobody":1}', "http://h:99999/", "\x00", "\xff\xfe",
       '{"url":"http://127.0.0.1:1/","id":%s1%s}' % ("[" * 300, "]" * 300)]


def attacks():
    """(URL, is it HTTP/2?) of each attack."""
    with open(HOSTILE, encoding="ascii") as file:
        rows = [line.split() for line in file if len(line.split()) == 3]
    return [("http://127.0.0.1:%s/" % port, kind == "h2")
            for _, port, kind in rows]


def known_options():
    text = subprocess.run([FANFETCH, "--help", "all"], check=True,
                          capture_output=True, text=True).stdout
    return set(re.findall(r"^ {2}(?:-.,|   ) --([a-z0-9.-]+)", text, re.M))


def draw_options(rng):
    drawn = []
    for name in rng.sample(sorted(VALUES), rng.choice([0, 2, 5, 10, 25])):
        value = rng.choice(VALUES[name])
        drawn.append("--" + name + ("" if value is None else "=" + value))
    return drawn


def make_valid(options, folder):
    """Take out what contradicts something, until nothing is said of usage."""
    needs = {"resume": None, "key": "cert", "existing": "--output-dir=bodies",
             "output-name": "--output-dir=bodies", "retry-failed": "--resume",
             "continue": "--output-dir=bodies", "warc-size": "--warc=a.warc",
             "proxy-user": "--proxy=" + URL}
    for name, needed in needs.items():
        if needed and any(o.split("=")[0] == "--" + name for o in options):
            options.append(needed)
    if any(o.startswith("--retry-") for o in options):
        options.append("--retry=2")
    if any(o.startswith("--retry=") for o in options):
        options.append("--retry-max-delay=50ms")  # twenty retries take minutes
    while True:
        shown = subprocess.run([FANFETCH, *options, "/dev/null"], cwd=folder,
                               capture_output=True, text=True, errors="replace",
                               timeout=RUN_MAX)
        if shown.returncode != 2:
            return options
        named = re.findall(r"--([a-z0-9.-]+)", shown.stderr)
        bad = [o for o in options if o[2:].split("=")[0] in named]
        if not bad:
            sys.exit("what is wrong with this? %s: %s" % (options, shown.stderr))
        options = [o for o in options if o != bad[-1]]


def peers():
    """URLs of other servers, such as those that speak TLS."""
    with open("peers", encoding="ascii") as file:
        return file.read().split()


def draw_record(rng, hostile, others):
    kind = rng.random()
    if kind > 0.85 and others:
        return rng.choice(others) + "/?%d" % rng.randrange(9)
    if kind < 0.05:
        return rng.choice(BAD)
    if kind < 0.15:
        return rng.choice(hostile)[0]
    url = "http://%s:%d%s" % (
        rng.choice("127.0.0.1 127.0.0.1 127.0.0.2 127.0.0.3 a.test localhost".split()),
        rng.choice([PORT] * 20 + [1]), rng.choice(PATHS))
    if kind < 0.7:
        return url
    keys = {"url": url}
    for key, values in {
            "method": ["POST", "HEAD", "PUT"], "id": [1, "x", None, {"a": [1]}],
            "meta": ["m", {"b": 2}], "headers": [{"X": ["1", "2"]}, {"Cookie": "c=d"}],
            "timeout": [0.2, 3], "accept": ["404", "200-599"], "expect": ["ok"],
            "expect_sha256": ["0" * 64], "connect_timeout": [0.1],
            "output_name": ["n", "../n", "d/e", "n.part"]}.items():
        if rng.random() < 0.2:
            keys[key] = rng.choice(values)
    body = rng.choice([{}, {}, {"body": "b"}, {"json": [1]}, {"body_base64": "eHg="},
                       {"body_file": "f"}, {"form": {"a": "b", "f": {"file": "f"}}},
                       {"body_file": "../data"}])
    return json.dumps({**keys, **body})


def draw_list(rng, hostile, others):
    """Its format, and its records."""
    n = rng.choice([1, 10, 60])
    kind = rng.choice(["lines"] * 7 + ["csv", "tsv", "sitemap"])
    if kind == "lines":
        return kind, [draw_record(rng, hostile, others) for _ in range(n)]
    return kind, ["http://127.0.0.%d:%d%s" % (rng.randrange(1, 4), PORT,
                                              rng.choice(PATHS[:20]))
                  for _ in range(n)]


def write_list(path, kind, records):
    if kind == "sitemap":
        text = "<urlset>%s</urlset>" % "".join(
            "<url><loc>%s</loc></url>" % escape(r) for r in records)
    elif kind == "lines":
        text = "".join(r + "\n" for r in records)
    else:
        text = "url\n" + "".join('"%s"\n' % r.replace('"', '""') for r in records)
    with open(path, "w", encoding="latin-1") as file:
        file.write(text)


def prepare(folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder + "/files")
    for name, text in {"data": "d=1\n" * 9000, "headers": "X-F: 1\n", "token": "t\n",
                       "files/f": "f" * 70000, "earlier": "",
                       "config": 'include-headers\nheader = "X-C: \\"1"\n-m 2\n',
                       ".netrc": "machine 127.0.0.1 login u password p\n",
                       "cookies": "Set-Cookie: s=1; domain=127.0.0.1; path=/\n"}.items():
        with open(folder + "/" + name, "w", encoding="ascii") as file:
            file.write(text)


def disturb(rng, process):
    """Signals now and then.  Was it killed?"""
    kind = rng.choice("none none none INT TERM twice USR1 KILL".split())
    if kind == "none":
        return False
    try:
        process.wait(rng.random() * rng.choice([0.1, SCALE / 2]))
        return False
    except subprocess.TimeoutExpired:
        pass
    for number in {"twice": ["INT", "TERM"]}.get(kind, [kind]):
        process.send_signal(getattr(signal, "SIG" + number))
    return kind == "KILL"


def draw_limit(rng):
    """What makes the system deny descriptors or space, now and then."""
    kind = rng.random()
    if kind < 0.1:
        return ["prlimit", "--nofile=%d" % rng.choice([30, 64, 90, 200])]
    if kind < 0.15:
        return ["prlimit", "--fsize=%d" % rng.choice([100, 3000, 30000])]
    return []


def ask_server(path):
    """What the server has counted."""
    with socket.create_connection(("127.0.0.1", CONTROL_PORT)) as s:
        s.sendall(b"GET %s HTTP/1.0\r\n\r\n" % path.encode())
        text = b"".join(iter(lambda: s.recv(65536), b""))
    return text.partition(b"\r\n\r\n")[2]


def reset_server():
    """Let it count anew, when the last run's connections are closed."""
    while json.loads(ask_server("/_stats"))["open"] > 0:
        time.sleep(0.01)
    ask_server("/_reset")


def check_limits(command):
    seen = json.loads(ask_server("/_stats"))
    limit = value_of(command, "limit") or "100"
    most = 4096 if limit == "auto" else int(limit) or 10 ** 9
    need(seen["most_open"] <= most, "open at once:", seen["most_open"], "of", limit)
    most = int(value_of(command, "concurrency") or most) or 10 ** 9
    need(seen["most_in_flight"] <= most, "in flight:", seen["most_in_flight"])


def check_lines(command, records, lines, status):
    if not value_of(command, "fields"):
        for line in lines:
            check_line(line)
    indices = [line["index"] for line in lines]
    if "--ordered" in command and "--resume" not in command:
        need(indices == sorted(indices), "not in order:", indices)
    if "--resume" in command:
        return
    wanted = sum(1 for r in records if r and not r.startswith("#"))
    need(len(set(indices)) == len(indices), "twice:", sorted(indices))
    need(len(indices) <= wanted, "too many lines")
    if value_of(command, "shard") == "1/3" or status not in (0, 1):
        return
    need(len(indices) == wanted, len(indices), "lines for", wanted, "records")


def check_results(folder, command, records, status):
    path = folder + ("/out" if "--output=out" in command else "/stdout")
    if not os.path.exists(path):
        need(status not in (0, 1), "no results")
        return
    lines = read_lines(path, True)
    check_lines(command, records, lines, status)
    if not value_of(command, "fields"):
        if "--resume" not in command:
            check_status(status, lines)
        check_files(folder, command, lines)
    if "--summary=summary" in command and "--resume" not in command and \
            status in (0, 1) and not value_of(command, "fields"):
        check_summary(folder + "/summary", lines)


def check_run(folder, command, records, status, killed):
    with open(folder + "/stderr", encoding="utf-8", errors="replace") as file:
        text = file.read()
    for word in "Sanitizer", "runtime error", "Assertion":
        need(word not in text, word)
    # A signal may come before there is anything to be told.
    if status in (-signal.SIGINT, -signal.SIGTERM, -signal.SIGUSR1) or \
            killed and status == -signal.SIGKILL:
        return
    need(status in (0, 1, 3, 4, 128 + 2, 128 + 15), "status", status)
    need(status not in (3, 4) or "error: " in text, "no word of status", status)
    check_limits(command)
    if value_of(command, "format") is None:
        check_results(folder, command, records, status)


def run_once(rng, folder, command, records):
    """Run it.  Returns what is wrong, or None."""
    reset_server()
    before = leftovers(folder)
    with open(folder + "/stdout", "wb") as out, open(folder + "/stderr", "wb") as err:
        process = subprocess.Popen([*draw_limit(rng), *command], cwd=folder,
                                   stdout=out, stderr=err,
                                   env={**os.environ, "HOME": os.path.abspath(folder)})
        killed = disturb(rng, process)
        try:
            status = process.wait(RUN_MAX)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGABRT)
            process.wait()
            return "it does not end"
    try:
        check_run(folder, command, records, status, killed)
        need(killed or "--continue" in command or leftovers(folder) <= before,
             "left:", leftovers(folder) - before)
    except Wrong as e:
        return str(e)
    return None


def round_of(seed, hostile, others):
    rng = random.Random(seed)
    folder = "round"
    prepare(folder)
    options = draw_options(rng)
    pool = hostile if "--http2-prior-knowledge" in options else [
        h for h in hostile if not h[1]]
    if rng.random() < 0.5 or "--resume" in options:
        options = [o for o in options if not o.startswith("--format")]
        options.append("--output=out")
    options.append("--timeout=" + rng.choice(["300ms", "1", "2"]))
    options = make_valid(options, folder)
    kind, records = draw_list(rng, pool, others)
    if kind != "lines":
        options.append("--input-format=" + kind)
    for name in "out", "jar", "summary", "report.html", "trace", "a.warc", "a.warc.gz":
        if os.path.exists(folder + "/" + name):
            os.remove(folder + "/" + name)
    write_list(folder + "/list", kind, records)
    command = [FANFETCH, *options, "list"]
    for again in range(rng.choice([1, 1, 2])):
        if again and "--output=out" in options and "--resume" not in options:
            break
        wrong = run_once(rng, folder, command, records)
        if wrong:
            print("SEED=%d, run %d: %s\n  %s" % (seed, again + 1, wrong,
                                                  " ".join(command)), file=sys.stderr)
            with open(folder + "/stderr", encoding="utf-8", errors="replace") as file:
                print(file.read()[-6000:], file=sys.stderr)
            shutil.rmtree("failed.%d" % seed, ignore_errors=True)
            shutil.copytree(folder, "failed.%d" % seed)
            return False
    return True


def main():
    unknown = known_options() ^ (set(VALUES) | LEFT_OUT)
    if unknown:
        sys.exit("random_options.py: not in the table, or without values: %s"
                 % ", ".join(sorted(unknown)))
    hostile, others = attacks(), peers()
    start, n, nfailed = time.monotonic(), 0, 0
    while n < int(ROUNDS) or time.monotonic() - start < SECONDS:
        nfailed += not round_of(int(SEED) + n, hostile, others)
        n += 1
    print("%d rounds from SEED=%s on, %d failed" % (n, SEED, nfailed))
    sys.exit(nfailed > 0)


main()
