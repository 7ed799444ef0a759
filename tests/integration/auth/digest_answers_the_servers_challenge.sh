server_start
urls 5 "$URL/auth-digest?" | exits 0 ff --digest -u u:p --rate 5/s >out
# The request that is challenged counts, in attempts and for the rate.
holds "attempts" out 'length == 5 and all(.attempts == 2)'
same "requests" "$(server_stats .requests)" 10
holds "five in 1.6 s" out 'map(.time_queue) | max > 1.5'
exits 1 ff --digest -u u:wrong "$URL/auth-digest" >out
holds "401 with another" out '.[0].status_code == 401'
exits 1 ff -u u:p "$URL/auth-digest" >out
holds "basic is not digest" out '.[0].status_code == 401'
# The body goes with the answer.
exits 0 ff --digest -u u:p -d text --body "$URL/auth-digest" >out
# Only the headers of the answer are shown, not those of the challenge before
# it.
exits 0 ff --digest -u u:p --include-headers "$URL/auth-digest" >out
holds "the last ones" out '.[0].headers |
    has("content-length") and (has("www-authenticate") | not)'
# An Authorization header of the user's own is sent alone.
jq -n "{url:\"$URL/auth-digest\", headers:{authorization:\"Own x\"}}" -c >own
server_reset
exits 1 ff --digest -u u:p own >out
exits 1 ff --digest -u u:p -H 'Authorization: Own x' "$URL/auth-digest" >out
same "no digest is added" "$(server_stats .requests)" 2
# It is answered once, even if the server says that each nonce is stale.
server_reset
exits 1 ff --digest -u u:p "$URL/auth-digest?stale=1" >out
holds "the last 401 counts" out '.[0] | .status_code == 401 and .attempts == 2'
same "requests" "$(server_stats .requests)" 2
