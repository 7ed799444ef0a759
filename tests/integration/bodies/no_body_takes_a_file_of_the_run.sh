# A stranger's list names files of bodies.  It can't name the run's own files,
# whatever --existing says and whether they exist yet.
server_start
names=(results list summary report jar trace w-00001.warc w-00002.warc earlier
    link other)
for name in "${names[@]}"; do
    echo "{\"url\":\"$URL/?$name\",\"output_name\":\"$name\"}"
done >list
cp list copy
ln -s target link
echo mine >other
run=(--output-dir . --existing replace --summary=summary --report report
    -c jar --trace trace --warc w.warc --warc-size 1M --since earlier)
exits 1 ff -q "${run[@]}" -o results list
holds "each has a result" results 'length == 11'
same "taken" "$(jq -r 'select(.error.code == "name_taken").url' results |
    sed 's/.*?//' | sort | xargs)" "$(printf '%s\n' "${names[@]:0:10}" | sort | xargs)"
check "the list" cmp list copy
same "replaced" "$(cat other)" ok
for option in --existing=number --existing=refuse; do
    rm -f summary other
    ff "$option" --output-dir . --summary=summary <list >results || :
    check "the summary" grep -q '"records":11' summary
    holds "results on standard output" results 'length == 11'
    check "the list on standard input" cmp list copy
done

# Nor by another name, which it has where the file system ignores case, and here
# by a hard link.
ln list LIST
echo "{\"url\":\"$URL/\",\"output_name\":\"LIST\"}" |
    ff --output-dir . --existing replace list - >results || :
holds "the other name" results 'map(select(.url | endswith("/"))) |
    map(.error.code) == ["name_taken"]'
check "the list" cmp list copy
rm LIST

# Nor a file that an option names, since it is read again, or by the next run.
echo 'X-A: 1' >headers
echo sesame >token
echo 'user-agent = a' >conf
echo 'user-agent = b' >conf2
echo '# Netscape HTTP Cookie File' >cookies
echo text >part
echo 'machine h login l password p' >.netrc
ln -s real/out linked
mkdir real
own=(headers token conf conf2 cookies part .netrc errors real/out.resume-tmp)
for name in "${own[@]}"; do
    echo "{\"url\":\"$URL/?$name\",\"output_name\":\"$name\"}"
done >list2
sha256sum "${own[@]:0:7}" >sums
FANFETCH_CONFIG=conf2 exits 1 ff -v --output-dir . --existing replace -K conf \
    -H @headers --oauth2-bearer @token -n -b cookies -F a=@part -o linked list2 \
    2>errors
holds "all are taken" linked 'length == 9 and all(.error.code == "name_taken")'
check "nothing was replaced" sha256sum --check --quiet sums
same "the messages" "$(grep -c name_taken errors)" 9
