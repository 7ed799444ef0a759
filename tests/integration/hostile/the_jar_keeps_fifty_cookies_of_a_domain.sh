# The newest cookies are kept; other domains keep theirs.
server_start

# cookies FROM: a query that sets 40 cookies.
cookies() {
    seq -f 'c%.0f=v' -s '&' "$1" $(($1 + 39))
}

{
    echo "$URL2/cookie-set?other=1"
    for i in 1 41 81 121; do
        echo "$URL/cookie-set?$(cookies $i)"
    done
    echo "$URL/echo"
} >urls
exits 0 ff --limit 1 --cookie-jar jar --body=json urls >out
grep -c '^127\.0\.0\.1' jar >count || :
same "cookies in the jar" "$(cat count)" 50
check "the newest is kept" grep -q 'c160' jar
check "the oldest is not" test -z "$(grep -w c1 jar)"
check "another domain's is kept" grep -q '^127\.0\.0\.2.*other' jar
holds "no more than 50 are sent" out 'map(select(.index == 5))[0].body_json |
    [.. | strings | select(test("c160=v"))][0] | split("; ") | length <= 50'
