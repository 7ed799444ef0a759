server_start
echo "$URL/status/200?a=1" >list
printf '%s\n' '{"url":"http://u:pw@127.0.0.1:1/\u001b[31m","id":"a\tb"}' >bad

template() {
    ff --format "$1" "${2:-list}" </dev/null
}
same "keys and text" "$(template '{status_code}\t<{url}> {{{ok}}')" \
    "200"$'\t'"<$URL/status/200?a=1> {true}"
same "null is nothing" "$(template '[{error.code}{error}{id}]')" '[]'
same "an object" "$(template '{timing}' | jq -r '.wait | type')" number
same "one newline ends a line" "$(template '{ok}\n' | wc -l)" 1
same "into an object" "$(template '{error.code} {error.retryable}' bad || :)" \
    'url_malformed false'
same "into a list" "$(ff --redirects --format '{redirects.0.status_code}' \
    "$URL/redirect/1")" 302
same "control bytes stay escaped, secrets hidden" \
    "$(template '{id} {url}' bad || :)" 'a\tb http://***@127.0.0.1:1/\u001b[31m'
same "braces and backslashes" "$(template '{{"a":{{"b":{ok}}}}} \\n')" \
    '{"a":{"b":true}} \n'

# As JSON writers spell them: letters as escapes, a key twice.
printf '{"url":"%s/","id":"\\u00e9 \\ud83d\\ude00 \\\\n \\/","meta":%s}\n' "$URL" \
    '{"\u00e9":"\u00fc","a":1,"a":2,"b":["\u202e\u0000"]}' >escaped
same "no escapes" "$(template '{id}' escaped)" 'é 😀 \n /'
same "keys with escapes, the last of two" \
    "$(template '{meta.é} {meta.a} {meta.b.0}' escaped)" 'ü 2 \u202e\u0000'
for wrong in '{nokey}' '{url' '{}' '{nokey.a}' word; do
    exits 2 ff --format "$wrong" list >out 2>err
    check "$wrong is told" grep -q -- '--format' err
done

# The message names the key that was probably meant, in curl's words, too.
told() {
    exits 2 ff "$1" list >out 2>err
    check "$1: $2" grep -qF -- "$2" err
}
told '--format={statuscode}' "did you mean '{status_code}'?"
told '--format={http_code}' "did you mean '{status_code}'?"
told '--format={error.cod}' "did you mean '{error.code}'?"
told '--format={timing.dn}' "did you mean '{timing.dns}'?"
told '--format={headers.ETag.0}' "did you mean '{headers.etag.0}'?"
told '--format={URL}' "did you mean '{url}'?"
told '--format=%{http_code}' "write {status_code} for curl's %{http_code}"
told --fields=url,statuscode "did you mean 'status_code'?"
told --fields=error.code "is a part of one; did you mean 'error'?"
told --fields=errormsg "did you mean 'error'?"
told --fields=error.kode "did you mean 'error'?"
told '--fields=url, ok' "did you mean 'ok'?"
same "a percent sign" "$(template '100%{ok}')" '100%true'
same "standard output by its name" "$(ff --format '{ok}' -o - list)" true
exits 2 ff --format text -o out list 2>err
exits 2 ff --format '{url}' -o out --resume list 2>err
exits 2 ff --format text --fields url list 2>err
check "only json there" grep -q 'needs --format json' err

exits 0 ff --format text list >out
check "a line for people" grep -qE "^  200 +[0-9]+ [um]s +[0-9]+ B  $URL/s" out
exits 1 ff --format text bad >out
check "a failure" grep -qE '^    - .* url_malformed: ' out
check "no raw byte" eval '! grep -q "$(printf "\\033")" out'

# On a terminal, with the status line below.
terminal_start 60 20
for i in {1..8}; do
    echo "$URL/delay/${i}00?aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=$i"
done >list
terminal_type "clear; '$FANFETCH' --format text --limit 1 list"
wait_screen '^  200 .*a=1'
wait_screen '^ *[0-9]+% .*ETA|[0-9]+/8'
wait_screen '^  200 .*a=8$'
wait_screen '8 records in'
same "no line is wrapped" "$(screen - | grep -c '^  200 ')" 8
same "nothing of the status line stays" "$(screen - | grep -c 'in flight')" 0
