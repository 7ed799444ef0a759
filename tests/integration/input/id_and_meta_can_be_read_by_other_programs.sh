# jq 1.6 has 256 places on its stack, Python's json takes 4300 digits.
need python3
server_start
python3 - "$URL" >list <<'END'
import json, sys
url = sys.argv[1]
def line(key, text):
    print('{"url":%s,"%s":%s}' % (json.dumps(url), key, text))
for key in "id", "meta":
    for n in 252, 253, 300, 2000:
        line(key, "[" * n + "]" * n)
    for n in 126, 127, 900:
        line(key, '{"a":' * n + "1" + "}" * n)
    for n in 4300, 4301:
        line(key, "1" * n)
    line(key, '"%s"' % ("x" * 900000))
END
exits 1 ff list >out
check "jq reads all lines" test "$(jq -c .ok out | wc -l)" -eq 20
python3 -c 'import json; [json.loads(line) for line in open("out")]'
same "which are fetched" "$(jq -r 'select(.ok).index' out | sort -n | xargs)" \
    "0 4 7 9 10 14 17 19"
holds "the others" out 'map(select(.ok | not).error) | all(.class == "input" and
    .code == "value_invalid")'
