# long
# timeout: 180
# Every line of many runs fits --help=schema, and has no other key.
need python3
python3 -c 'import jsonschema' 2>/dev/null || skip "there is no python3-jsonschema"
server_start
nginx_tls_start 'location / { return 200 ok; }'
dead=$(free_port)
exits 0 ff --help=schema >schema
exits 0 ff --help schema >as_a_word
check "the topic as a word" cmp schema as_a_word

cat >validate.py <<'EOF'
import json, sys
import jsonschema


def close(s):
    """No key that the schema does not have."""
    if isinstance(s, dict):
        if 'properties' in s:
            s['additionalProperties'] = False
        for v in s.values():
            close(v)
    elif isinstance(s, list):
        for v in s:
            close(v)


schema = json.load(open('schema'))
jsonschema.Draft202012Validator.check_schema(schema)
close(schema)
summary = {**schema['$defs']['summary'], '$defs': schema['$defs']}
which = {'results': schema, 'summary': summary}[sys.argv[1]]
if len(sys.argv) > 3:  # --fields
    which = {**which, 'required': []}
checker = jsonschema.Draft202012Validator(which)
seen = set()
n = 0
for line in open(sys.argv[2]):
    value = json.loads(line)
    seen |= set(value)
    n += 1
    for e in checker.iter_errors(value):
        print('%s:%d: %s: %s' % (sys.argv[2], n, list(e.path), e.message[:200]))
print(n, 'fit')
print('not seen:', *sorted(set(which['properties']) - seen), file=sys.stderr)
EOF

for i in $(seq 2); do
    printf "$URL/%s\n" "status/20$i" bytes/1000 "status/40$i" "redirect/$i" \
        redirect/60 "gzip?size=5000" truncated "truncated?size=$i" echo \
        "flaky?times=1&key=KEY$i" "cookie-set?a=$i" stall \
        "?header=Content-Type:application/json" "?header=Content-Encoding:x-$i"
    printf '%s\n' "$TLS_URL/$i" "http://127.0.0.1:$dead/" \
        'http://' '{bad' ftp://a.example/ 'http://[::1' \
        "{\"url\":\"$URL/echo\",\"method\":\"POST\",\"json\":{\"a\":$i},\"id\":{\"x\":[$i]},\"meta\":null}" \
        "{\"url\":\"$URL/echo\",\"headers\":{\"X-A\":[\"1\",\"2\"]},\"id\":1.50}" \
        "{\"url\":\"$URL/\",\"unknown\":1}" "{\"url\":\"$URL/?output\",\"output_name\":\"../x\"}"
done >list

try() {
    local status=0
    sed "s/KEY/$RANDOM$RANDOM/" list |
        ff --read-timeout 500ms --summary=sum "$@" >out 2>err || status=$?
    [ "$status" -le 1 ] || fail "$*: exit status $status"
    same "$*: a result each" "$(wc -l <out)" 48
    same "$*: results" "$(python3 validate.py results out)" "48 fit"
    same "$*: summary" "$(python3 validate.py summary sum)" "1 fit"
}
try
try --unique --include-headers --redirects --attempts --tls-info --retry 1 \
    --retry-delay 1ms --cacert tls/ca.pem --sha256
try --body --output-dir bodies --truncate 100 --max-size 2000
try --body=json -k --tls-info --location-trusted --accept 400-499
try --body=base64 --output-dir bodies --existing keep
try --body=text --deny-private
ff --read-timeout 500ms --fields url,ok,tls,body_path list >out || :
same "of some keys" "$(python3 validate.py results out fields)" "48 fit"
: | ff --summary=sum
same "a summary of nothing" "$(python3 validate.py summary sum)" "1 fit"
