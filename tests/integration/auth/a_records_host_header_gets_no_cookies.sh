# Whoever wrote the list may name any host in it.  The cookies are those of the
# host that the request goes to.
server_start
printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' bank.example FALSE / FALSE 0 theirs 1 \
    127.0.0.1 FALSE / FALSE 0 ours 1 >cookies
# cookie OPERAND...: the Cookie header of the request.
cookie() {
    exits 0 ff -b cookies --body "$@" >out
    jq -r '.body | fromjson | .headers[] | select(.[0] == "Cookie")[1]' out
}
jq -nc "{url: \"$URL/echo\", headers: {host: \"bank.example\"}}" >list
same "of a record" "$(cookie list)" ours=1
same "of a record, with one of the options" \
    "$(cookie -H 'Host: www.example' list)" ours=1
same "of the options" \
    "$(cookie -H 'Host: bank.example:80' "$URL/echo")" theirs=1

# Nor does the server set any for that host.
sed "s|/echo|/cookie-set?a=1|" list | exits 0 ff -b cookies -c jar >out
check "the jar" grep -q '127.0.0.1.*a.1' jar
check "no other host's" test "$(grep -c bank.example jar)" -eq 1
