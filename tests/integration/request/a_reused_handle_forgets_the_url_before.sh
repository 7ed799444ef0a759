# One transfer runs at a time, so all run over one handle, which is given only
# the parts of a plain URL that differ from the previous one.
server_start
port=${URL##*:}
cat >list <<END
$URL/echo
$URL/echo?a=b&c=d
$URL/echo?e
$URL/echo/
$URL/echo?x=%41
$URL/echo?y=1?2/./3
http://u:p@127.0.0.1:$port/echo?z
$URL/echo?last
http://localhost:$port/echo?h
http://localhost:$port/echo
http://127.0.0.1:$port/echo?back
END
exits 0 ff --limit 1 --body --ordered list >out
jq -r '.body | fromjson | (.headers[] | select(.[0] == "Host")[1]) + .target +
    (.headers | map(select(.[0] == "Authorization")) | length | tostring)' \
    out >got
sed -e "s,^http://,," -e 's,$,0,' -e 's,^u:p@\(.*\)0$,\11,' list >want
same "hosts, targets and credentials" "$(cat got)" "$(cat want)"
