# Endless headers take no memory, and the next URL is fetched.
server_start
exits 1 ff --limit 1 "$URL/headers-flood" "$URL/continue-flood" \
    "$URL/header-line?size=50000000" "$URL/" >out
norm out | jq -c '[.ok, (.error.class | IN("protocol", "too_large", null))]'
