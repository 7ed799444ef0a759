# shellcheck shell=bash
#
# curl.sh - the same request by curl and by us, as the test server has it.

# What /echo says of a request, but for what differs by design: the names of
# the two, that we ask for compression and that we don't wait for a 100.  With
# -G some versions of curl write percent-encoded bytes in lower case.  A form's
# boundary is made up anew each time.
SEEN='def seen: {method,
    body: (.body | gsub("-{20,}[0-9A-Za-z]{16,}"; "BOUNDARY")),
    target: (.target | gsub("%(?<hex>[0-9a-fA-F]{2})";
        "%" + (.hex | ascii_upcase))),
    headers: (.headers | map(select(
        .[0] != "Accept-Encoding" and .[0] != "Expect" and
        (.[1] | test("^(curl|fanfetch)/") | not)) | join(": ") |
        gsub("-{20,}[0-9A-Za-z]{16,}"; "BOUNDARY")) | sort)};'

# alike_at PATH OPTION...: curl makes the same request.
alike_at() {
    local url=$URL$1
    shift
    ff "$@" --body=text "$url" >alike.ours || :
    curl -sS "$@" "$url" >alike.curls || :
    if ! jq -es "$SEEN"' length == 2 and
        (.[0].body | fromjson | seen) == (.[1] | seen)' \
        alike.ours alike.curls >/dev/null; then
        cat alike.ours alike.curls >&9
        fail "$url $*: not the request that curl makes"
    fi
}

# alike OPTION...
alike() {
    alike_at /echo "$@"
}

# curl_is VERSION: is that curl at least so new?
curl_is() {
    printf '%s\n%s\n' "$1" "$(curl -V | awk '{print $2; exit}')" | sort -CV
}
