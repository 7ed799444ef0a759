# 2,000 records have keys drawn at random.  Each one's request and checks follow
# its own keys, not those of earlier records in the same memory.
need python3
server_start
cat >records.py <<'PYTHON'
import base64, hashlib, json, random, sys

BODY = "ok\n"
SHA256 = hashlib.sha256(BODY.encode()).hexdigest()


def draw(dice, i, url):
    def one_of(*some):
        return dice.choice(some)

    r = {"url": url + one_of("/echo", "/echo", "/", "/status/404",
                             "/redirect/1") + "?n=%d" % i}
    for key, values in {
        "method": ["GET", "POST", "PUT", "HEAD", "DELETE"],
        "headers": [{"X-Own": str(i)}, {"X-Own": [str(i), "b"]}],
        "accept": ["404", "200-599"], "id": [i, "x%d" % i, {"a": [i]}],
        "meta": [i, "m%d" % i], "output_name": ["own%d" % i], "timeout": [60],
    }.items():
        if dice.random() < 0.3:
            r[key] = one_of(*values)
    if dice.random() < 0.4:
        r.update(one_of(
            {"body": "b%d" % i}, {"json": [i]}, {"form": {"f": str(i)}},
            {"body_base64": base64.b64encode(b"b%d" % i).decode()}))
    if dice.random() < 0.4:
        r.update(one_of({"expect": "ok"}, {"expect": "^n"},
                        {"expect_sha256": SHA256}, {"expect_sha256": "0" * 64}))
    return r


def wanted_error(r, status, body):
    """The error's class and code; the answer's body is None without one."""
    accept = r.get("accept")
    if status == 404 and not accept or status == 200 and accept == "404":
        return ["http", "http_%d" % status]
    if "expect" in r and (r["expect"] != "ok" or "ok" not in (body or "")):
        return ["expect", "body"]
    if "expect_sha256" in r and (body is None or hashlib.sha256(
            body.encode()).hexdigest() != r["expect_sha256"]):
        return ["expect", "sha256"]
    return None


def check(r, result):
    has_body = {"body", "json", "form", "body_base64"} & set(r)
    method = r.get("method", "POST" if has_body else "GET")
    assert result.get("id") == r.get("id"), "id"
    assert result.get("meta") == r.get("meta"), "meta"
    # A redirect makes a POST a GET.
    if "/redirect" not in r["url"]:
        assert result["method"] == method, "method"
    body = None if method == "HEAD" else result.get("body")
    error = result["error"]
    assert wanted_error(r, result["status_code"], body) == (
        error and [error["class"], error["code"]]), "error"
    if result["body_path"]:
        name = r.get("output_name", str(result["index"]))
        assert result["body_path"] == "out/" + name, "output_name"
    if "/echo" in r["url"] and body is not None:
        seen = json.loads(body)
        own = r.get("headers", {}).get("X-Own", [])
        assert [v for k, v in seen["headers"] if k == "X-Own"] == (
            own if isinstance(own, list) else [own]), "headers"
        sent = base64.b64decode(seen["body_base64"]).decode()
        if "form" in r:
            assert "\r\n\r\n%s\r\n" % r["form"]["f"] in sent, "form"
        else:
            assert sent == (json.dumps(r["json"]) if "json" in r else
                            "b%s" % r["url"].split("=")[1] if has_body
                            else ""), "body"


if sys.argv[1] == "make":
    dice = random.Random(int(sys.argv[3]))
    for i in range(2000):
        print(json.dumps(draw(dice, i, sys.argv[2])))
else:
    records = [json.loads(line) for line in open("list")]
    results = [json.loads(line) for line in open("out.lines")]
    assert len(results) == len(records)
    for result in results:
        r = records[result["index"]]
        try:
            check(r, result)
        except AssertionError as e:
            sys.exit("%s: %s\n%s" % (e, json.dumps(r), json.dumps(result)))
PYTHON
python3 records.py make "$URL" "${SEED:=$RANDOM}" >list
echo "SEED=$SEED" >&2
for options in "--limit 50 --threads 2" "--limit 2 --look-ahead 4"; do
    # shellcheck disable=SC2086 # words
    exits 1 ff $options --body=text --output-dir out --output-name '{index}' \
        --existing replace list >out.lines
    python3 records.py check || fail "$options"
done
