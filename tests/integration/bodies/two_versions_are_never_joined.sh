# timeout: 300
# A file that was begun is continued only if the server proves that it is a part
# of the answer; else the file starts again.
ranges_start
size=600000
v0=$(ranges_file 0 $size | sha256sum | cut -d' ' -f1)
v1=$(ranges_file 1 $size | sha256sum | cut -d' ' -f1)
n=0

# try SHA PARAMETERS FILTER: of the log's array of [range, status].
try() {
    rm -rf files
    : >ranges.log
    n=$((n + 1))
    ff --continue --output-dir files --sha256 --retry 5 --retry-delay 1ms \
        --retry-max-delay 1ms --output-name f \
        "$RANGES_URL/$n?size=$size&cut=200000&$2" >out 2>err
    holds "$2: it is whole" out --arg sha "$1" '.[0] | .ok and .sha256 == $sha'
    same "$2: the file" "$(sha256sum <files/f)" "$1  -"
    same "$2: nothing else" "$(ls -A files)" f
    wait_lines ranges.log "$(jq .attempts out)"
    jq -s 'sort_by(.n) | [.[] | [.range, .status]]' ranges.log >asked
    jq -e "$3" asked >/dev/null || fail "$2: $(jq -c . asked)"
}

# Weak validators and coded bodies: the whole body is fetched again.
again='all(.[0] == null)'
try "$v0" 'etag=weak&cut_max=2' "$again"
try "$v0" 'etag=weak&modified=9000&cut_max=2' "$again"
try "$v0" 'modified=-3000&cut_max=2' "$again"
try "$v0" 'cut_max=2' "$again"

# Strong ones.
joins='. == [[null, 200], ["bytes=200000-", 206], ["bytes=400000-", 206]]'
try "$v0" 'etag=strong' "$joins"
try "$v0" 'modified=9000' "$joins"
try "$v0" 'etag=strong&chunked=1' '.[1] == ["bytes=199999-", 206]'

# The server has another version, and says so or does not.
try "$v1" 'etag=strong&switch=3' '.[2:4] == [["bytes=400000-", 200],
    ["bytes=200000-", 206]]'
try "$v1" 'etag=strong&switch=3&range=anyway' '.[2:4] ==
    [["bytes=400000-", 206], [null, 200]]'
try "$v1" 'modified=9000&switch=3&range=anyway' '.[3] == [null, 200]'

# Other answers: the request is repeated once without a Range, and counted.
for what in shifted bare unknown; do
    try "$v0" "etag=strong&cut_max=1&range=$what" '. == [[null, 200],
        ["bytes=200000-", 206], [null, 200]]'
done
try "$v0" 'etag=strong&cut_max=1&range=416' '. == [[null, 200],
    ["bytes=200000-", 416], [null, 200]]'
try "$v0" 'etag=strong&cut_max=2&range=no' '. == [[null, 200],
    ["bytes=200000-", 200], ["bytes=200000-", 200]]'
