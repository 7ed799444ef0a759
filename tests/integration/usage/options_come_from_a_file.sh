server_start
cat >conf <<CONF
# a comment
fields = "url,status_code"
--accept: 404
-A "two \"words\""   # behind a value
silent
http2
url = $URL/status/404
CONF
exits 0 ff -K conf </dev/null >out
same "fields and URL" "$(<out)" \
    "{\"url\":\"$URL/status/404\",\"status_code\":404}"
FANFETCH_CONFIG=conf exits 1 ff --http1.1 --accept 200 </dev/null >out
holds "the command line goes before it" out '.[0].status_code == 404'
# It does so where two options contradict each other, too.
overruled() {
    printf '%s\n' "$1" >conf
    shift
    exits 0 ff -K conf --body=json "$@" "$URL/echo" >out 2>err
}
overruled 'force-close' --keepalive-timeout 3
overruled 'keepalive-timeout 3' --force-close
for option in --data=a --json=1 --form=a=b --upload-file=out; do
    for other in data=a json=1 form-string=a=b upload-file=conf; do
        overruled "$other" "$option"
    done
done
holds "a file is sent in place of another" out '.[0].method == "PUT"'
overruled 'get' --form=a=b
holds "a form is not put into the query" out '.[0].method == "POST"'
overruled 'json = 1' --data=a
holds "only the command line's body is sent" out '.[0].body_json.body == "a"'
overruled 'head' --data=a
holds "a body is not sent by HEAD" out '.[0].method == "POST"'
overruled 'output = kept' --format=text
overruled 'fields = url' --format='{url}'
overruled 'format = text' --fields=url
overruled $'output = kept\nresume\nretry-failed' --output=-
holds "results are printed" out '.[0].ok'
printf '%s\n' 'warc = kept' 'warc-size = 1M' >conf
exits 0 ff -K conf --continue --output-dir=dir "$URL/echo" >out
overruled 'format = text' --output=other
check "the file has the result" grep -q '"ok":true' other
check "no file of the others is there" test ! -e kept
exits 2 ff --data=a --json=1 "$URL/" 2>err
check "on the command line they are an error" grep -q contradicts err

refused() {
    printf '%s\n' '' "$1" >bad
    exits 2 ff --config bad "$URL/" </dev/null >out 2>err
    check "$1: place" grep -q 'bad:2: ' err
    check "$1: reason" grep -qF -- "$2" err
}
refused 'timeout = x' '--timeout must be'
refused 'timeout' 'needs a value'
refused 'tries = 3' 'use --retry N'
refused 'silent = yes' 'takes no value'
refused 'user-agent = a b' 'needs quotes'
refused 'user-agent = "a b' 'not closed'
refused 'config = x' 'cannot be used in a file'
refused 'data = ./x/' '--output-dir'
refused 'url' 'url needs a value'
refused '-q true' '-q takes no value'
refused "$URL/" 'a list of URLs is an operand'
refused '-sLz 3' 'unknown option -z'
refused '-- x' 'the name of an option must come first'
printf '\nuser-agent = a\0b\n' >bad
exits 2 ff --config bad "$URL/" 2>err
check "a NUL byte cuts nothing off" grep -q 'bad:2: the line has a NUL' err
exits 2 ff -K missing "$URL/" 2>err
check "a file that is missing" grep -q missing err

# Letters may be joined, with values beside them, as in curl.  A file may be
# standard input, which keeps secrets out of the list of processes.
printf '%s\n' '-sSLg' '-m3' '-HX-A:1' '-qA"b c"' "url=\"$URL/echo\"" |
    ff -K - --body=json >out
holds "all options are taken" out '[.[].body_json.headers[] |
    select(.[0] == "X-A" or .[0] == "User-Agent")[1]] | sort == ["1", "b c"]'
exits 2 ff -K - <<<'fields = url' 2>err
check "there is no list" grep -q 'standard input, so the URLs must' err

# A separator is told from a value, and a quoted byte from two, as in curl.
body_of() {
    printf '%s\n' "$1" "url = $URL/echo" | ff -K - --body=json >out
    same "$1" "$(jq -r .body_json.body out)" "$2"
}
body_of '-d =a' '=a'
body_of '-d=a' '=a'
body_of '-d = a' a
body_of '--data =a' '=a'
body_of '--data=a' a
body_of '--data==a' '=a'
body_of '--data = a' a
body_of 'data = = a' a
body_of 'data==a' a
body_of 'data = "=a"' '=a'
body_of '--data-urlencode =a=b' 'a%3Db'
body_of 'data-raw "a\tb\vc\\d\"e\f"' $'a\tb\vc\\d"ef'

# Editors that write a byte order mark do no harm.
printf '\xef\xbb\xbf%s\n' 'X-A: 1' >headers
printf '\xef\xbb\xbf%s\n' token >token
printf '\xef\xbb\xbf%s\n%s\n%s\n' 'header = @headers' \
    'oauth2-bearer = @token' "url = $URL/echo" | ff -K - --body=json >out
holds "the files begin behind the mark" out '[.[].body_json.headers[] |
    select(.[0] == "X-A" or .[0] == "Authorization")[1]] | sort ==
    ["1", "Bearer token"]'
