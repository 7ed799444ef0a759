# Bodies of followed redirects and of failed attempts are not stored.
server_start
exits 1 ff --output-dir out --output-name '{index}' --retry 2 \
    --retry-delay 1ms "$URL/redirect/3?to=/bytes/5" \
    "$URL/flaky?key=a&times=2&status=503&size=9" "$URL/status/404?size=7" \
    "$URL/redirect-no-location" >lines
norm lines | jq -c '[.ok, .status_code, .num_redirects, .attempts,
    .body_path]'
same "no other is left" "$(cd out && find . -type f | sort | xargs)" \
    "./0 ./1 ./2"
same "the file has that body" "$(cat out/0)" abcde
ff --max-redirects 0 --output-dir out --output-name r "$URL/redirect/1" >lines
same "a redirect may be the last one" "$(jq -r .body_path lines)" out/r
