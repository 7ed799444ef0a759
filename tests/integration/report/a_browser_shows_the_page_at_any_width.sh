# long
# timeout: 300
# The case needs Chromium, which is no part of install-deps --tests: it takes
# 290 MB.
need python3
command -v chromium >/dev/null || command -v chromium-browser >/dev/null ||
    skip "chromium is not installed (scripts/install-deps --browser)"
server_start
long=$(head -c 60 /dev/zero | tr '\0' y).invalid
bad='<script>ran=1</script><img src=x onerror=ran=2>'
{
    urls 60 "$URL/bytes/3000?delay=30&"
    urls 20 "$URL2/status/404?$bad"
    urls 5 "$URL2/reset?"
    echo "$URL/${bad//\//}$(head -c 300 /dev/zero | tr '\0' x)"
    echo "http://$long/"
} >list
exits 1 ff --limit 5 --rate 50 --resolve "$long:80:127.0.0.9" \
    --report page.html --summary=sum -o out list 2>err
mkdir shots
export FF_LIMIT=200
timeout "$((FF_LIMIT * ${TIME_SCALE:-1}))" \
    python3 "$TESTS/chromium.py" "file://$PWD/page.html" shots >seen
same "pages" "$(jq -c .at seen | xargs)" \
    "[400,light] [400,dark] [1600,light] [1600,dark] [718,print]"
holds "nothing in the console" seen 'all(.[]; .said == [])'
holds "the browser asks for the page alone" seen 'all(.[]; .asked | length == 1)'
holds "no script ran" seen 'all(.[]; .ran | not)'
holds "nothing is wider than the page" seen 'all(.[]; .width == .at[0])'
holds "nothing is cut" seen 'all(.[]; .cut == [])'
holds "contrast" seen 'all(.[]; .pale == [])'
holds "the policy lets our style in" seen 'all(.[]; .styled == "grid")'
holds "charts have a title and a description" seen 'all(.[]; .names |
    length >= 4 and all(.[]; length == 2 and all(.[]; length > 10)))'
holds "figures" seen --slurpfile sum sum 'all(.[]; .summary == $sum[0] and
    (.data | map(select(.[0] == "failed")) == [["failed",
        ($sum[0].failed | tostring), ($sum[0].failed | tostring)]]))'
check "pictures" test "$(find shots -name '*.png' -size +5k | wc -l)" -ge 4
