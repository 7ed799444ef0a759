# What %0d%0a in a URL's credentials stands for would begin a header of its
# own, since Digest sends them as they are: such a URL is refused, also as a
# Location.
server_start
evil=u%0d%0aX-Evil:p@127.0.0.1:$PORT
exits 1 ff --digest "http://$evil/auth-digest" >out
holds "the record is refused" out '.[0] | .error.class == "input" and
    .error.code == "url_malformed" and .attempts == 0'
same "nothing is sent" "$(server_stats .requests)" 0
exits 1 ff --digest "$URL/redirect-to?url=http://${evil//%/%25}/" >out
holds "the hop is refused" out '.[0].error | .class == "redirect" and
    .code == "denied"'
same "the first hop alone" "$(server_stats .requests)" 1
exits 2 ff --digest -u $'u\r\nX-Evil: 1:p' "$URL/" 2>err
exits 2 ff -x "$URL" --proxy-user $'u\nX-Evil: 1:p' "$URL/" 2>err
