# An entry names a machine, no port: after a redirect it counts for another
# machine only, and the default entry for none.
server_start
other=$PORT
server_start
cat >.netrc <<'END'
machine 127.0.0.1 login one password p
macdef login
machine 127.0.0.3

machine 127.0.0.2
    login two password p
default login any password p
END
chmod 600 .netrc
# user URL: whose name was sent there.
user() {
    exits 0 ff --netrc --body "$1" >out
    jq -r '.body | fromjson | .headers[] | select(.[0] == "Authorization") |
        .[1][6:] | @base64d' out
}
same "direct" "$(user "$URL/echo")" one:p
same "direct, default" "$(user "http://127.0.0.3:$PORT/echo")" any:p
same "the same origin" "$(user "$URL/redirect-to?url=/echo")" one:p
same "its own" "$(user "$URL/redirect-to?url=$URL2/echo")" two:p
same "another port" \
    "$(user "$URL/redirect-to?url=http://127.0.0.1:$other/echo")" ""
same "no entry of its own" \
    "$(user "$URL/redirect-to?url=http://127.0.0.3:$PORT/echo")" ""
back="$URL2/redirect-to?url=http://127.0.0.1:$other/echo"
same "a detour" \
    "$(user "$URL/redirect-to?url=$(jq -rn --arg u "$back" '$u|@uri')")" ""
