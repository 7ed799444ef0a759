# long
# timeout: 180
# 10,000 random byte strings come as values of headers and as bodies: jq and
# jansson read every line, and bytes that must be kept are kept.
need python3
need_oracle
server_start
cat >random_bytes.py <<'PYTHON'
import base64, json, random, sys, urllib.parse

dice = random.Random(sys.argv[2])

def noise(n):
    return bytes(dice.getrandbits(8) for _ in range(n))

def text(n):
    some = [0x22, 0x5c, 0x7f, 0x85, 0x2028, 0x202e, 0xfeff, 0x1f600]
    ranges = [0x20, 0x80, 0x800, 0x110000]
    chars = [dice.choice(some + [dice.randrange(dice.choice(ranges))])
             for _ in range(n)]
    return ''.join(chr(c) for c in chars if not 0xd800 <= c < 0xe000).encode()

def value(depth):
    return dice.choice([
        None, True, dice.getrandbits(70), dice.random() * 1e20,
        text(4).decode(), depth and [value(depth - 1) for _ in range(3)],
        depth and {text(2).decode(): value(depth - 1)}])

def one():
    s = dice.choice([noise, text, lambda n: json.dumps(value(3)).encode()])(
        dice.randrange(100))
    if s and dice.random() < 0.2:
        s = s[:len(s) // 2] + noise(1) + s[len(s) // 2 + 1:]
    return s

charsets = ['utf-8', 'utf-16', 'shift_jis', 'iso-2022-jp', 'gb18030', 'big5',
            'euc-kr', 'koi8-r', 'windows-1252', 'none']
for i in range(10000):
    body = one()
    header = one().translate(None, b'\0\r\n').strip(b' \t')
    query = urllib.parse.urlencode([
        ('header', b'X-Bytes:' + header),
        ('header', 'Content-Type:text/x; charset=' + dice.choice(charsets))],
        quote_via=urllib.parse.quote)
    print(json.dumps({
        'url': sys.argv[1] + '/mirror?' + query, 'method': 'PUT', 'id': i,
        'meta': {'body': base64.b64encode(body).decode(),
                 'header': base64.b64encode(header).decode()},
        'body_base64': base64.b64encode(body).decode()}))
PYTHON
cat >compare.py <<'PYTHON'
import base64, hashlib, json, re, sys

def readable(s):
    """With each run of bytes that are no text as one U+FFFD."""
    return re.sub('\ufffd+', '\ufffd', s.decode('utf-8', 'replace'))

n = 0
for line in open(sys.argv[1], 'rb'):
    r = json.loads(line.decode())
    want = base64.b64decode(r['meta']['body'])
    header = base64.b64decode(r['meta']['header'])
    n += 1
    assert r['ok'] and r['size_body'] == len(want), r
    assert r['sha256'] == hashlib.sha256(want).hexdigest(), r
    got = r['headers']['x-bytes'][0]
    assert re.sub('\ufffd+', '\ufffd', got) == readable(header), (header, got)
    if 'body_base64' in r:
        assert base64.b64decode(r['body_base64'], validate=True) == want, r
    elif 'body_json' in r:
        assert r['body_json'] == json.loads(want), r
    elif 'text' not in sys.argv:
        assert r['body'] == want.decode(), r
    if 'body_path' in r:
        assert open(r['body_path'], 'rb').read() == want, r
print(n)
PYTHON
python3 random_bytes.py "$URL" "${SEED:=$RANDOM}" >list
echo "SEED=$SEED" >&9
for form in auto text base64 json; do
    to=()
    [ "$form" != auto ] ||
        to=(--output-dir files --output-name '{hash:2}/{index}')
    FF_LIMIT=100 exits 0 ff --limit 20 --body="$form" --include-headers \
        --sha256 "${to[@]}" list >out
    same "jansson reads each line" "$("$FANFETCH_ORACLE" \
        "$([ "$form" != json ] || echo json)" <out)" 10000
    same "jq reads each line" "$(jq -r .index out | sort -un | wc -l)" 10000
    same "each value is as it was" "$(python3 compare.py out "$form" 2>&1)" 10000
    same "control bytes" "$(LC_ALL=C tr -d '\n -~\200-\377' <out | wc -c)" 0
done
