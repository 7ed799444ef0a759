# Strangers register names below one: a cookie for it would be sent to all of
# them.  A dot at its end makes no difference.
server_start
resolve=()
for name in a.co.uk b.co.uk a.co.uk. b.co.uk. www.a.co.uk.; do
    resolve+=(--resolve "$name:$PORT:127.0.0.1")
done
# sent DOMAIN HOST OTHER: the cookies that OTHER gets after HOST set one.
sent() {
    printf '%s\n' "http://$2:$PORT/?header=Set-Cookie:a=1;Domain=$1" \
        "http://$3:$PORT/echo" |
        exits 0 ff "${resolve[@]}" -b '' --limit 1 --ordered --body >out
    jq -r 'select(.index == 1).body | fromjson | .headers[] |
        select(.[0] == "Cookie")[1]' out
}
same "without a dot" "$(sent co.uk a.co.uk b.co.uk)" ""
same "with a dot" "$(sent co.uk. a.co.uk. b.co.uk.)" ""
same "of a name below it" "$(sent a.co.uk. a.co.uk. www.a.co.uk.)" a=1
