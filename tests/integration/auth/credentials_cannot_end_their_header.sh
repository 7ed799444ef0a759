# What %0d%0a in a URL's credentials stands for would begin a header of its
# own, since Digest sends them as they are: such a URL is refused.  Those of a
# Location are dropped.
server_start
evil=u%0d%0aX-Evil:p@127.0.0.1:$PORT
exits 1 ff --digest "http://$evil/auth-digest" >out
holds "the record is refused" out '.[0] | .error.class == "input" and
    .error.code == "url_malformed" and .attempts == 0'
same "nothing is sent" "$(server_stats .requests)" 0
exits 0 ff --digest --body "$URL/redirect-to?url=http://${evil//%/%25}/echo" >out
holds "no part of the credentials is sent" out '.[0].body | test("X-Evil|uthoriz") | not'
exits 2 ff --digest -u $'u\r\nX-Evil: 1:p' "$URL/" 2>err
exits 2 ff -x "$URL" --proxy-user $'u\nX-Evil: 1:p' "$URL/" 2>err
