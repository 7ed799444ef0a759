# Values are sent as id and as meta, through two runs and jq between them, and
# keep their JSON text.
server_start
deep() {
    printf '%s' "$(printf "%0$1d" 0 | sed "s/0/$2/g")1$(printf "%0$1d" 0 |
        sed "s/0/$3/g")"
}
cat >values <<'LIST'
null
true
false
0
-0
1
1.0
1.00
1e0
1E+2
-1e-7
0.1
0.10
9007199254740993
123456789012345678901234567890
3.14159265358979323846264338327950288
1e999
""
"a"
"\u0000"
"\ud83d\ude00"
"😀 é"
"\/"
"/"
"\"\\\b\f\n\r\t"
"\u2028\u007f\u009b"
[]
{}
[null]
{"":0}
{"a":1,"a":2}
{"b":1,"a":[2.50,"x",null,{"k":[]}]}
LIST
{
    deep 200 '[' ']'
    echo
    deep 100 '{"a":' '}'
    echo
} >>values
jq -rR --arg u "$URL" '"{\"url\":\"\($u)/status/503\",\"id\":\(.),\"meta\":\(.)}"' \
    values >list
exits 1 ff --ordered list >first
sed 's/^{"index":[0-9]*,"id":\(.*\),"meta":.*,"url":".*/\1/' first >got
diff -u values got >&9 || fail "they are others now"
jq -c 'select(.error.retryable)' first >again
exits 1 ff --ordered again >second
# jq 1.6 makes doubles of numbers, so its own output is what to compare with.
jq -c '[.id, .meta]' again >want
jq -c '[.id, .meta]' second >got
diff -u want got >&9 || fail "they are others after the second run"
# Only white space is dropped.
echo "{\"url\":\"$URL/\",\"id\": [ 1 , { \"a b\" : 2.0 } ] }" >list
exits 0 ff list >out
check "without white space" grep -qF '"id":[1,{"a b":2.0}],' out
# Half a surrogate pair is no character.
echo "{\"url\":\"$URL/\",\"id\":\"\\ud800\"}" >list
exits 1 ff list >out
holds "refused" out '.[0].error.code == "json_invalid"'
