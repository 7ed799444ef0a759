# timeout: 240
feeds_start
for kind in etag both lying accept modified; do
    echo "$kind" >"feeds/$kind/1"
done
tag() {
    printf '"%s"' "$(printf '%b' "$1" | md5sum | cut -d ' ' -f 1)"
}
changes() {
    jq -sc "sort_by(.index) | map({(.id // .method): .change}) | add" "$1"
}

# HEAD and GET.
exits 0 ff --since none -o state "$FEEDS/etag/1" 2>err
exits 0 ff -I --since state -o heads "$FEEDS/etag/1" 2>err
same "a HEAD after a GET" "$(changes heads)" '{"HEAD":"new"}'
cat heads >>state
: >feeds/log
exits 0 ff -I --since state -o heads "$FEEDS/etag/1"
exits 0 ff --since state -o gets "$FEEDS/etag/1"
same "each has its own result" "$(changes heads)$(changes gets)" \
    '{"HEAD":"unchanged"}{"GET":"unchanged"}'
same "conditions of both" "$(feeds_log)" \
    "GET /etag/1 304 $(tag 'etag\n') -
HEAD /etag/1 304 $(tag 'etag\n') -"
# The answer to HEAD has nothing to hash, so its validators are compared.
echo deaf >feeds/deaf/1
exits 0 ff -I --since none -o state "$FEEDS/deaf/1" 2>err
exits 0 ff -I --since state -o same "$FEEDS/deaf/1"
echo more >>feeds/deaf/1
exits 0 ff -I --since state -o other "$FEEDS/deaf/1"
same "by the validators" "$(changes same)$(changes other)" \
    '{"HEAD":"unchanged"}{"HEAD":"changed"}'

# Records have headers of their own.
accepts() {
    for type in text/html text/plain; do
        echo "{\"url\":\"$FEEDS/accept/1\",\"id\":\"$type\",\"headers\":{\"Accept\":\"$type\"}}"
    done
}
accepts >list
head -n 1 list | ff --since none -o state 2>err
exits 0 ff --since state -o out list
same "another Accept" "$(changes out)" '{"text/html":"unchanged","text/plain":"new"}'
mv out state
: >feeds/log
exits 0 ff --since state -o out list
same "each with its own tag" "$(feeds_log)" "$(sort <<<"GET /accept/1 304 $(tag 'text/html\n') -
GET /accept/1 304 $(tag 'text/plain\n') -")"

# Conditions of the user's own are sent unchanged: those of a record, and of -H.
exits 0 ff --since none -o state "$FEEDS/both/1" 2>err
: >feeds/log
echo "{\"url\":\"$FEEDS/both/1\",\"headers\":{\"If-None-Match\":\"\\\"mine\\\"\"}}" >own
exits 0 ff --since state -o out own
holds "an equal request is found" out '.[0].change == "unchanged"'
exits 0 ff --since state -o out2 -H 'If-Modified-Since: mine' "$FEEDS/both/1"
exits 0 ff --since state -o out3 -H 'If-None-Match:' "$FEEDS/both/1"
same "nothing is added" "$(feeds_log)" 'GET /both/1 200 "mine" -
GET /both/1 200 - -
GET /both/1 200 - mine'
tag=$(tag 'both\n')
echo "{\"url\":\"$FEEDS/both/1\",\"headers\":{\"If-None-Match\":\"${tag//\"/\\\"}\"}}" >own
exits 0 ff --since none -o out4 own 2>err
holds "a 304 to one's own condition" out4 '.[0].change == "unchanged"'

# The last result with an answer counts; ids do not matter.
exits 0 ff --since none -o state "$FEEDS/etag/1" 2>err
{
    jq -c '.etag = "\"old\"" | .sha256 = "0"' state
    jq -c '.id = 7' state
    # One result has no answer, and one line is incomplete.
    jq -c '.ok = false | .error = {} | .etag = null | .sha256 = null' state
    head -c 50 state
} >both
: >feeds/log
exits 0 ff --since both -o out "$FEEDS/etag/1"
holds "the last one counts" out '.[0].change == "unchanged"'
same "its tag is sent" "$(feeds_log)" "GET /etag/1 304 $(tag 'etag\n') -"
# A request that failed without --since has the validators of an error.
jq -c 'del(.change) | .ok = false | .error = {}' state >failed
exits 0 ff --since failed -o out5 "$FEEDS/etag/1"
holds "a failure's validators are not sent" out5 '.[0] | .change == "new" and .status_code == 200'

# A 304 to a request without conditions says nothing.
exits 0 ff --since none -o out6 "$FEEDS/lying/1" 2>err
holds "no condition was sent" out6 '.[0] | .status_code == 304 and .ok and .change == null'

# The answer that is still valid has met --accept before.
exits 0 ff --accept 200 --since state -o out7 "$FEEDS/etag/1"
holds "304 is ok" out7 '.[0] | .status_code == 304 and .ok and .change == "unchanged"'
exits 1 ff --accept 200 -o out8 own
holds "a condition of the user's own is sent" out8 '.[0].error.code == "http_304"'

# A POST is sent without conditions, and its body is compared.
: >feeds/log
exits 0 ff -d x --since none -o state "$FEEDS/both/1" 2>err
exits 0 ff -d x --since state -o out9 "$FEEDS/both/1"
holds "POST" out9 '.[0].change == "unchanged"'
same "without conditions" "$(feeds_log)" "POST /both/1 200 - -
POST /both/1 200 - -"
