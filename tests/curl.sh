# shellcheck shell=bash
#
# curl.sh - the same request by curl and by us, as the test server has it.

# seen: what /echo says of a request, but for what differs by design: the names
# of the two, that we ask for compression and that we don't wait for a 100.  With -G some versions of curl
# write percent-encoded bytes in lower case.  A form's boundary is made up anew
# each time.
seen() {
    sed -E 's/-{20,}[0-9A-Za-z]{16,}/BOUNDARY/g' | jq -Sc '{method, body,
        target: (.target | gsub("%(?<hex>[0-9a-fA-F]{2})";
            "%" + (.hex | ascii_upcase))), headers: (.headers | map(select(
        .[0] != "Accept-Encoding" and .[0] != "Expect" and (.[1] | test("^(curl|fanfetch)/") | not)
        ) | join(": ")) | sort)}'
}

# alike_at PATH OPTION...
alike_at() {
    local url=$URL$1
    shift
    same "$url $*" "$(ff "$@" --body "$url" | jq -r .body | seen)" \
        "$(curl -sS "$@" "$url" | seen)"
}

# alike OPTION...
alike() {
    alike_at /echo "$@"
}

# curl_is VERSION: is that curl at least so new?
curl_is() {
    printf '%s\n%s\n' "$1" "$(curl -V | awk '{print $2; exit}')" | sort -CV
}
