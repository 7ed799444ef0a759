# Another port, host or scheme is another origin; the same origin keeps all
# credentials.
server_start
other=$PORT
server_start
printf 'machine 127.0.0.1 login u password p\n' >.netrc
chmod 600 .netrc
# sent TO OPTION...: what of it is in the request that a redirect leads to.
sent() {
    local to=$1
    shift
    exits 0 ff "$@" -e http://referer.test/ --body \
        "$URL/redirect-to?url=$to/echo" >out
    jq -r '.body | fromjson | .headers[] | .[0] |
        select(IN("Authorization", "Cookie", "Proxy-Authorization",
            "Referer"))' out | sort | xargs
}
for options in "-u u:p" "--oauth2-bearer token" "--netrc" \
    "-H Authorization:x -H Proxy-Authorization:x" "-b a=1" "-H Cookie:a=1"; do
    for to in "http://127.0.0.1:$other" "$URL2" "http://localhost:$PORT"; do
        # shellcheck disable=SC2086 # several options
        same "$options to $to" "$(sent "$to" $options)" ""
    done
done
same "-u to the same" "$(sent "$URL" -u u:p)" "Authorization Referer"
same "--netrc to the same" "$(sent "$URL" --netrc)" "Authorization Referer"
same "-b to the same" "$(sent "$URL" -b a=1)" "Cookie Referer"
