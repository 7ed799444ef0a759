# timeout: 200
# A later run continues what an earlier one began, whatever happened between
# them.  Names, expectations and conditions work as always.
ranges_start
size=600000
sha=$(ranges_file 0 $size | sha256sum | cut -d' ' -f1)
url="$RANGES_URL/f?size=$size&etag=strong&cut=250000&cut_max=2"
go_on=(--continue --output-dir files)
set_all() {
    curl -sS -d '' "$RANGES_URL/_set?$1"
}
parts() {
    find files -name '.fanfetch-*.part' -printf '%s\n'
}

exits 1 ff "${go_on[@]}" "$url" >out 2>err
holds 'the transfer is cut' out '.[0].error.code == "truncated"'
same 'the received bytes are kept' "$(parts)" 250000

# The part stays as it is if the server fails or redirects.
set_all status=503
exits 1 ff "${go_on[@]}" "$url" >out 2>err
same 'an error page changes nothing' "$(parts)" 250000
set_all redirect=/f
exits 1 ff "${go_on[@]}" --max-redirects 1 "$url" >out 2>err
same 'a redirect changes nothing' "$(parts)" 250000
set_all ''

# Another record of the URL, with a header of its own, is another request.
jq -nc --arg u "$url&x" '{url: $u, headers: {"X-A": "1"}}' |
    ff "${go_on[@]}" --output-name other >out 2>err || :
same 'the first part is there' "$(parts | grep -c 250000)" 2

# The options set a bound, an expectation, or a name that needs the first
# answer.
jq -nc --arg u "$url" --arg sha "$sha" '{url: $u, expect_sha256: $sha,
    expect: "^[0-9a-f]{99}"}' >record
ff "${go_on[@]}" --output-name '{filename}' record >out 2>err
holds 'the rest came' out --argjson size $size '.[0] | .ok and
    .continued_from == 250000 and .size_body == $size and
    .content_type == "text/x-whole" and .body_path == "files/named.bin"'
same 'the file' "$(sha256sum <files/named.bin)" "$sha  -"

# Beyond --max-size nothing is kept: the part is removed.
url="$RANGES_URL/g?size=$size&etag=strong&cut=250000&cut_max=2"
rm -rf files
exits 1 ff "${go_on[@]}" "$url" >out 2>err
exits 1 ff "${go_on[@]}" --max-filesize 300k "$url" >out 2>err
holds 'it is too large' out '.[0].error.class == "too_large"'
same 'nothing is kept' "$(ls -A files)" ''

# Two records of one URL at once do not share a file.
url="$RANGES_URL/h?size=$size&etag=strong&rate=600000"
ff "${go_on[@]}" --output-name '{index}' "$url" "$url" >out 2>err
same 'both are whole' "$(sha256sum files/0 files/1 | cut -c1-64 | uniq -c |
    tr -s ' ')" " 2 $sha"

# Only one run at a time continues files of a folder.
url="$RANGES_URL/i?size=$size&etag=strong&rate=10000"
ff_start "${go_on[@]}" "$url" >first 2>err
began() {
    [ -n "$(find files -name '.fanfetch-*.part')" ]
}
wait_for 10 began
exits 4 ff "${go_on[@]}" "$url" >out 2>err
check 'it says why' grep -q 'another run with --continue' err
kill -9 "$FF_PID"
ff_wait 137

# These options contradict it.
for with in --body --truncate=5 --warc=w; do
    exits 2 ff "${go_on[@]}" "$with" "$url" >out 2>err
    check "$with" grep -q -- '--continue contradicts' err
done
exits 2 ff --continue "$url" >out 2>err
check 'a folder is needed' grep -q -- '--continue needs --output-dir' err
exits 2 ff "${go_on[@]}" -H 'range: bytes=0-9' "$url" >out 2>err
check 'no other Range' grep -q "contradicts --header 'Range" err
