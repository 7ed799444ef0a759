# With --digest, libcurl sends a body only after a challenge.  Any other
# response is no answer to the request.
server_start
mkdir files
echo file >files/f
{
    for path in /mirror '/mirror?status=404' '/mirror?chunked=1&close=1' \
        "/redirect-to?status=307&url=/mirror" \
        "/redirect-to?status=308&url=$URL2/mirror"; do
        echo "{\"url\":\"http://u:p@127.0.0.1:$PORT$path\",\"body\":\"$path\"}"
    done
    echo "{\"url\":\"http://u:p@127.0.0.1:$PORT/mirror\",\"body_file\":\"f\"}"
    # A 401 without a challenge leaves its connection in that state.
    echo "{\"url\":\"http://u:p@127.0.0.1:$PORT/auth-basic\",\"body\":\"x\"}"
    echo "{\"url\":\"$URL/mirror\",\"body\":\"nobody's\"}"
    echo "{\"url\":\"http://u:p@127.0.0.1:$PORT/auth-digest\",\"body\":\"x\"}"
    echo "{\"url\":\"$URL/mirror\",\"body\":\"\"}"
    echo "{\"url\":\"$URL/mirror\",\"method\":\"PUT\",\"form\":{\"a\":\"b\"}}"
} >list
for options in '--limit 1' '--limit 5 --threads 2'; do
    # shellcheck disable=SC2086 # words
    exits 0 ff $options --digest --body --accept 200-404 --allow-files files \
        list >out
    same "bodies, $options" "$(jq -sr 'sort_by(.index)[:10][].body' out)" \
"/mirror
/mirror?status=404
/mirror?chunked=1&close=1
/redirect-to?status=307&url=/mirror
/redirect-to?status=308&url=$URL2/mirror
file

who are you?

nobody's
welcome"
    holds "a form" out 'sort_by(.index)[10].body | test("name=\"a\"")'
    holds "they are repeats" out 'sort_by(.index)[0].attempts == 2'
done
