# A pipe, as of <(command), cannot be read again when it changes; nothing is
# said about that.
server_start
ff -H @<(echo 'X-Own: mine') --oauth2-bearer @<(echo one) --body --limit 1 \
    "$URL/echo?1" "$URL/echo?2" >out 2>err
same "stderr" "$(cat err)" ""
holds "both have the header and the token" out 'length == 2 and all(.body |
    fromjson | .headers | contains([["X-Own", "mine"]]) and
    contains([["Authorization", "Bearer one"]]))'
