# A file does not tell which host sent it, and no other one may have it.
server_start
printf 'Set-Cookie: %s\r\n' 'secret=1; Path=/' 'a=1; Domain=127.0.0.1' \
    'b=2; Domain=' >cookies
exits 0 ff -b cookies -c jar --body "$URL/echo" "http://localhost:${URL##*:}/echo" \
    >out 2>err
same "the header" "$(jq -r '.body | fromjson | .headers[] |
    select(.[0] == "Cookie")[1]' out)" a=1
same "said once" "$(cat err)" "fanfetch: warning: cookie file 'cookies': \
a Set-Cookie without a Domain is sent to no host"
same "in the jar" "$(grep -c FALSE jar)" 1
