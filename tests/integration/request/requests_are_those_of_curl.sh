# The same options make the same request: method, headers and body, as the
# server has them.
need curl
server_start
printf '{"x": [1,\n2]}\n' >json
printf 'X-One: 1\nX-Two: 2\n\nX-Three:3' >headers
printf 'X-One: 1\r\nX-Two: 2\r\n' >crlf_headers
printf '127.0.0.1\tFALSE\t/\tFALSE\t0\tmine\tyes\n' >cookies
echo 'machine 127.0.0.1 login me password "a b"' >.netrc
chmod 600 .netrc

alike
alike -d a=1
alike -d a=1 -d b=2
alike --json '{"a":1}'
alike --json '{"a":1' --json ',"b":2}'
alike --json @json
alike --json ''
alike --json 1 -H 'Content-Type: text/x' -H 'Accept: a/b'
alike -d a=1 -H 'Content-Type: text/x'
alike -d a=1 -H 'Content-Type:'
alike -d a=1 -H 'Content-Type;'
alike -H @headers
curl_is 8.10 || alike -H @crlf_headers # newer ones (8.14) send the CR
alike -H 'X-Empty;' -H 'Accept:' -H 'User-Agent:'
alike -H 'X-A: 1' -H 'X-A: 2'
alike -H 'Host: other.test'
alike -H 'X-Utf: bücher'
alike -A ''
alike -A 'my agent'
alike -e http://referer.test/
alike -e ''
alike -X POST -d x
alike -X PUT -d x
alike -X GET -d x
alike -X DELETE
alike -X OPTIONS
alike -X PURGE
alike -u me:pw
alike -u me:
alike -u :pw
alike -u me:a:b
alike -u 'ü:ß'
alike -u a:b -u c:d
alike -u a:b -H 'Authorization: mine'
alike --oauth2-bearer token
alike --oauth2-bearer token -H 'Authorization: mine'
alike --digest -u me:pw
alike -b a=1
alike -b 'a=1;b=2'
alike -b 'a=1; b=2'
alike -b a=1 -H 'Cookie: b=2'
alike -b cookies
alike -b cookies -b a=1
alike -b ''
alike -n
alike -n -u a:b
alike --basic
alike --http1.1
echo 'default login you password pw' >.netrc
alike -n
rm .netrc
curl_is 8.10 || alike -n # newer ones (8.14) want it to be there
# Methods that expect a body have a length, even if it is 0 (RFC 9110, 8.6);
# curl does not send it.
for method in POST PUT PATCH; do
    same "$method without a body" \
        "$(ff -X "$method" --body "$URL/echo" | jq -r '.body | fromjson |
            .headers[] | select(.[0] == "Content-Length")[1]')" 0
done
alike_end
