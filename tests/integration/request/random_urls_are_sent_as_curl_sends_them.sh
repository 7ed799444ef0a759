# timeout: 180
# 1,200 random URLs and 1,200 Locations are compared with the curl that is
# installed.  Each difference has a reason in the manual page's table.
need curl
n=1200
python3 "$TESTS/random_urls.py" make "$n" 20261129 >all
head -n "$n" all >list
tail -n "+$((n + 1))" all >locations
python3 "$TESTS/target_echo.py" locations >port &
CLEANUP_PIDS+=($!)
wait_lines port 1
proxy=http://127.0.0.1:$(cat port)

for ((i = 0; i < n; i++)); do
    echo "http://base.example/d/from/$i"
done >starts
cat list starts >urls

# As JSON, since a URL may begin with a byte that makes a line something else.
jq -R '{url: .}' -c urls >requests
ff --default-scheme http --ordered --body=text --max-redirects 1 --noproxy '' \
    -x "$proxy" requests >out || :
jq -r 'if .error then "" else .body end' out >ours

# curl >= 8.13 takes what begins with @ for a file's name.
mkdir c
jq -Rr 'input_line_number as $n |
    "url = \(sub("^@"; "http://@") | tojson)\noutput = \"c/\($n)\""' urls >config
curl -q -s -g -L --max-redirs 1 --noproxy '' -x "$proxy" -K config || :
if ! python3 "$TESTS/random_urls.py" compare all ours c >verdict; then
    head -n 20 verdict >&9
    fail "a difference has no reason"
fi
