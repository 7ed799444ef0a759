# timeout: 120
# One response sets cookies, and later requests have them or not, as with curl,
# which has an order of its own.
need python3 curl
cat >try.py <<'END'
import http.server, json, subprocess, sys, threading
from urllib.parse import parse_qs, quote, urlsplit


class Handler(http.server.BaseHTTPRequestHandler):
    """Sets what ?set= says, and answers with the cookies that it got."""
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def log_message(self, *args):
        pass

    def do_GET(self):
        cookies = "|".join(self.headers.get_all("Cookie") or ())
        body = (cookies + "\n").encode("latin-1")
        self.send_response(200)
        for line in parse_qs(urlsplit(self.path).query).get("set", ()):
            self.send_header("Set-Cookie", line.encode().decode("latin-1"))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
two = http.server.ThreadingHTTPServer(("127.0.0.2", server.server_port), Handler)
for s in server, two:
    threading.Thread(target=s.serve_forever, daemon=True).start()
port, fanfetch = server.server_port, sys.argv[1]
HOSTS = ("example.com", "www.example.com", "a.www.example.com", "example.org",
         "example.co.uk", "wwwexample.com", "intranet", "127.0.0.1",
         "127.0.0.2", "localhost", "a.localhost")
resolve = [word for host in HOSTS for word in
           ("--resolve", "%s:%s:127.0.0.1" % (host, port)) if host[0] != "1"]
LARGE = "m=" + "v" * 4095
# Older curls take an empty Path for /, and refuse a value of 4,095 bytes.  Such
# a cookie is not compared with curl's: it goes where the other one goes.
TWINS = {"f=6; Path=": "a=1", LARGE: "n=1"}
# The host and path that answer, what they set, and where it may be sent.
CASES = [
    ("www.example.com", "/", ["a=1; omain=none"]),
    ("www.example.com", "/", ["a=1; Domain=example.com"]),
    ("www.example.com", "/", ["a=1; domain=.Example.COM"]),
    ("www.example.com", "/", ["a=1; Domain=www.example.com"]),
    ("www.example.com", "/", ["a=1; Domain=a.www.example.com"]),
    ("www.example.com", "/", ["a=1; Domain=com"]),
    ("www.example.com", "/", ["a=1; Domain=.com."]),
    ("www.example.com", "/", ["a=1; Domain=example.org"]),
    ("wwwexample.com", "/", ["a=1; Domain=example.com"]),
    ("example.com", "/", ["a=1; Domain=ample.com"]),
    ("example.co.uk", "/", ["a=1; Domain=co.uk"]),
    ("example.co.uk", "/", ["a=1; Domain=example.co.uk"]),
    ("intranet", "/", ["a=1; omain=none"]),
    ("127.0.0.1", "/", ["a=1; Domain=127.0.0.1"]),
    ("127.0.0.1", "/", ["a=1; Domain=0.0.1"]),
    ("localhost", "/", ["a=1; Secure"]),
    ("a.localhost", "/", ["a=1; Domain=localhost"]),
    ("example.com", "/", ["a=1; Secure", "b=2; secure=", "c=3; HttpOnly"]),
    ("example.com", "/a/b/c", ["a=1", "b=2; Path=/", "c=3; Path=/a/",
                               "d=4; Path=/a/b", "e=5; Path=a", "f=6; Path=",
                               'g=7; Path="/a"', "h=8; Path=/A"]),
    ("example.com", "/a", ["a=1"]),
    ("example.com", "/a?x=/b/c", ["a=1"]),
    ("example.com", "/", ["a=1; Max-Age=100", "b=2; Max-Age=0",
                          "c=3; Max-Age=-1", "d=4; Max-Age=x",
                          'e=5; Max-Age="9"',
                          "f=6; Max-Age=99999999999999999999"]),
    ("example.com", "/", ["a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
                          "b=2; Expires=Wed, 09 Jun 2038 10:18:14 GMT",
                          "c=3; Expires=Sunday, 06-Nov-94 08:49:37 GMT",
                          "d=4; Expires=nonsense",
                          "e=5; Max-Age=50; Expires=Thu, 01 Jan 1970 00:00:00"
                          " GMT"]),
    ("example.com", "/", ["a=1", "a=2", "b=1; Path=/", "b=2; Path=/a"]),
    ("example.com", "/", ["a=1", "a=; Max-Age=0", "b", "d=", " e = f "]),
    ("example.com", "/", ["a=1=2", "b=\"q q\"", "c=x,y", "d=\u00e4"]),
    ("example.com", "/", ["__Secure-a=1", "__Host-b=2"]),
    ("localhost", "/", ["__Secure-a=1; Secure", "__Host-b=2; Secure; Path=/",
                        "__Host-c=3; Secure", "__Host-d=4; Secure; Path=/a"]),
    ("localhost", "/", ["a=1; Secure", "a=2", "b=1; Secure; Path=/a",
                        "b=2; Path=/a/b"]),
    ("example.com", "/", ["n=" + "v" * 4094, "m=" + "v" * 4096]),
    ("example.com", "/", ["n=1", LARGE]),
    ("example.com", "/", ["name%d=1" % i for i in range(12)]),
    ("example.com", "/", ["a=1;;; ;Path=/a; Path=/b; Domain=; x=y"]),
    ("example.com", "/", ["a=1; Path=/%41"]),
]


def url(host, path, headers=()):
    query = "&".join("set=" + quote(h, safe="") for h in headers)
    mark = "" if not query else "&" if "?" in path else "?"
    return "http://%s:%s%s%s%s" % (host, port, path, mark, query)


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, timeout=30)
    return done.stdout.decode("utf-8", "replace")


failed = 0
for number, (host, path, headers) in enumerate(CASES):
    urls = [url(host, path, headers)]
    if "omain" in headers[0]:
        urls += [url(other, "/") for other in HOSTS]
    else:
        urls += [url(host, tail) for tail in (
            "/", "/a", "/a/", "/a/b", "/a/b/c", "/ab", "/A", "/a/b?x=/", "/%41")]
    want = run(["curl", "-sS", "-g", "-b", "", *resolve, *urls])
    lines = run([fanfetch, "-q", "-b", "", "--ordered", "--limit", "1",
                 "--body", *resolve, *urls])
    got = "".join(json.loads(l).get("body") or "" for l in lines.splitlines())
    # Of cookies with paths of one length, 7.88 sends the youngest first.
    want, got = ([sorted(line.split("; ")) for line in text.splitlines()]
                 for text in (want, got))
    twins = {h.split(";")[0]: TWINS[h] for h in headers if h in TWINS}
    apart = [c[:20] for line in got for c in twins
             if (c in line) != (twins[c] in line)]
    want, got = (["; ".join(c for c in line if c not in twins)
                  for line in lines] for lines in (want, got))
    if got != want or apart:
        failed += 1
        print("case", number, str(headers)[:200], apart, file=sys.stderr)
        for u, w, g in zip(urls, want, got):
            if w != g:
                print(" %s\n  curl: %.200s\n  ours: %.200s" % (u[:80], w, g),
                      file=sys.stderr)
print(len(CASES) - failed, "of", len(CASES))
END
python3 try.py "$FANFETCH" >result
check "as curl: $(cat result)" test "$(cut -d' ' -f1 result)" = \
    "$(cut -d' ' -f3 result)"
