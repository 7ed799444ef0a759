# Each is too slow for any limit on its steps, or too deep.
server_start
while read -r regex; do
    jq -nc --arg url "$URL/bytes/1000000" --arg expect "$regex" \
        '{$url, $expect}'
done <<'END' >list
([a-z]+)+[0-9]
([a-z]|[a-z][a-z])+$[0-9]
(?:(?=[^0]*)[a-z])*?[A-Z]
([a-z]*)*\1[A-Z]
(?s)^.*(.+).*\1[A-Z]
(?:[a-z]?){0,600}[A-Z]
[^0]*[A-Z]
END
exits 1 ff --ordered --threads 2 --expect nothing list >lines
holds "all are reported" lines 'length == 7 and
    all(.ok == false and .error.class == "expect" and .error.code == "body")
    and (.[0].error.message | endswith("more than 50 ms of CPU time"))'
