server_start
urls 5 "$URL/auth-digest?" | exits 0 ff --digest -u u:p --limit 1 >out
exits 1 ff --digest -u u:wrong "$URL/auth-digest" >out
holds "401 with another" out '.[0].status_code == 401'
exits 1 ff -u u:p "$URL/auth-digest" >out
holds "basic is not digest" out '.[0].status_code == 401'
# The body goes with the answer.
exits 0 ff --digest -u u:p -d text --body "$URL/auth-digest" >out
# Its headers alone are shown, not those of the challenge before it.
exits 0 ff --digest -u u:p --include-headers "$URL/auth-digest" >out
holds "the last ones" out '.[0].headers |
    has("content-length") and (has("www-authenticate") | not)'
