# Host and target follow the WHATWG URL Standard with every libcurl, directly
# and through a proxy.
server_start
host=127.0.0.1:$PORT
cat >list <<LIST
http:/$host/echo
http:/me:pw@$host/echo
HTTP:$host/echo?1
http:\\\\$host\\echo?\\
http://127.1:$PORT/echo?
http://0x7f000001:$PORT/echo?x=1 2
http://$host/echo/%41%2f%c3?%2f%C3
http://$host/echo#See also
http://$host/a/%2E%2e/echo/./b?"<>'
$host/echo
LIST
exits 0 ff --default-scheme http --ordered --body list >out
jq -r '[.url_effective, (.body | fromjson | .target)] | join(" ")' out >got
cat >want <<WANT
http://$host/echo /echo
http://***@$host/echo /echo
http://$host/echo?1 /echo?1
http://$host/echo?\\ /echo?\\
http://$host/echo? /echo?
http://$host/echo?x=1%202 /echo?x=1%202
http://$host/echo/%41%2f%c3?%2f%C3 /echo/%41%2f%c3?%2f%C3
http://$host/echo /echo
http://$host/echo/b?%22%3C%3E%27 /echo/b?%22%3C%3E%27
http://$host/echo /echo
WANT
same "the requests are those of the table" "$(cat got)" "$(cat want)"
[ "$(grep -c 'me:pw' out)" = 0 ] || fail "the password is shown"

# A proxy gets the same target, without credentials.
python3 "$TESTS/target_echo.py" >port &
CLEANUP_PIDS+=($!)
wait_lines port 1
exits 0 ff --default-scheme http --ordered --body --noproxy '' \
    -x "http://127.0.0.1:$(cat port)" list >proxied
same "the proxy gets the same" "$(jq -r .body proxied)" \
    "$(sed 's#///\*\*\*@#//#; s#//\*\*\*@#//#; s# .*##' want)"
