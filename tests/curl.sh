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

# alike_at PATH OPTION...: curl makes the same request.  alike_end looks whether
# it does, for all of them at once.
ALIKE=()
alike_at() {
    local url=$URL$1
    shift
    ALIKE+=("$url $*")
    {
        ff "$@" --body=text "$url" || :
        curl -sS "$@" "$url" || :
        # A number follows each pair, so that a missing one moves no other.
        echo "${#ALIKE[@]}"
    } >>alike.all
}

# alike_end: to be called once, after the last pair.
alike_end() {
    jq -s "$SEEN"' . as $all |
        [range(length) | select($all[.] | type == "number")] as $ends |
        [range($ends | length) | . as $i |
            $all[(if $i > 0 then $ends[$i - 1] + 1 else 0 end):$ends[$i]] |
            select((length == 2 and
                (.[0].body | fromjson? | seen) == (.[1] | seen)) | not) |
            [$i, .]] | if . == [] then empty else .[0] end' alike.all >unlike
    [ -s unlike ] || return 0
    cat unlike >&9
    fail "${ALIKE[$(jq '.[0]' unlike)]}: not the request that curl makes"
}

# alike OPTION...
alike() {
    alike_at /echo "$@"
}

# curl_is VERSION: is that curl at least so new?
curl_is() {
    printf '%s\n%s\n' "$1" "$(curl -V | awk '{print $2; exit}')" | sort -CV
}
