# A letter may mean something else in another tool: its value would be sent, or
# would name a file to overwrite.
server_start
mkdir downloads
echo "$URL/status/200" >urls.txt
cp urls.txt before
refused() {
    local text=$1
    shift
    exits 2 ff "$@" </dev/null >out 2>err
    check "$*" grep -qF -- "$text" err
}
refused --output-dir -d downloads -i urls.txt
refused --output-dir -d ./new urls.txt
refused 'list of URLs' -c urls.txt
refused '-nc' -nc urls.txt
refused '--limit N' -c 10 urls.txt
refused 'list of URLs' -b urls.txt
refused 'a URL' -u "$URL/" urls.txt
for option in -x -E -e -A -d; do
    refused 'list of URLs' "$option" urls.txt
done
refused "'@' before it" --json urls.txt "$URL/"
for option in --header -H --noproxy --oauth2-bearer -b --cookie; do
    refused 'a URL' "$option" "$URL/?a=b" urls.txt
done
refused 'a URL to fetch stands by itself' -x "$URL/page" urls.txt
refused 'a URL a line' -d '\n' urls.txt
refused 'are -m' -T 5 urls.txt
refused '--limit-per-host' -x 16 urls.txt
refused '--user-agent' -U Mozilla urls.txt
refused 'robots' -e robots=off urls.txt
refused 'list is an operand' -X urls.txt
refused "leave the '+' out" --resolve +a:80:127.0.0.1 http://a/
refused 'leave this entry out' --resolve -a:80 http://a/
refused "is an option" -o -L urls.txt
refused 'a folder' -o downloads urls.txt
refused 'a URL' -o "$URL/" urls.txt
refused '--retry-on needs --retry' --retry-on 503 urls.txt
refused '--retry-delay needs --retry' --retry-delay 1 urls.txt
refused '--retry-max-time needs --retry' --retry-max-time 1 urls.txt
refused '--retry-all-methods needs' --retry-all-methods urls.txt
refused '--proxy-user needs a proxy' --proxy-user a:b urls.txt
refused '--retry-failed needs --resume' --retry-failed urls.txt
refused "--body must be" --body html urls.txt
for option in -s -n -q --redirects --http2 --max-redirs=3\ -L; do
    # shellcheck disable=SC2086 # one of them is two words
    refused "takes no value, and there is no file '5'" $option 5 urls.txt
done
refused "no file '10M'" -k 10M urls.txt
refused "no file 'yes'" --ordered yes urls.txt
# The list is no body, whatever standard input is called.
exits 2 ff -d @/dev/stdin < <(cat urls.txt) 2>err
check "it is told" grep -q "cannot read standard input, which is already used" err
check "the list is as it was" cmp urls.txt before
same "nothing is sent" "$(server_stats .requests)" 0

# A word follows an option whose value may be left out.
exits 0 ff --summary run.json --body text urls.txt >out
check "the summary has its file" grep -q '"records":1' run.json
exits 0 ff --summary run.json urls.txt >out
check "also where that is of an earlier run" grep -q '"records":1' run.json
exits 0 ff --summary urls.txt >out 2>err
same "a list is a list" "$(wc -l <out)" 1
# Files and words that stand apart are lists.
cp urls.txt 5
exits 0 ff -s 5 --body urls.txt --body ./5 --url "$URL/" 5 >out
same "lists of these names" "$(wc -l <out)" 5
exits 3 ff --body none.txt urls.txt >out 2>err
exits 3 ff -q -- 7 urls.txt >out 2>err

# A word that names no file is not requested.
exits 3 ff example.com >out 2>err
check "how to give a URL" grep -q 'https://example.com' err
