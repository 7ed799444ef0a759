# A retry that ends without a body leaves no file that would belong to no result:
# its name would be taken for the record's own body later.
server_start
again() { ff --output-dir out --output-name '{path}' -o results "$@" list; }
echo "$URL/flaky?status=500&times=1&key=a" >list
echo "$URL/bytes/3" >>list
exits 1 again
same "the body of the error" "$(cat out/flaky)" 'not now'
echo mine >out/mine
exits 1 again --resume --retry-failed --connect-to ::127.0.0.1:1
check "it is gone" test ! -e out/flaky
check "that of the other result stays" test -e out/bytes/3
same "a file of nobody stays" "$(cat out/mine)" mine
exits 0 again --resume --retry-failed
same "the record has its name" "$(cat out/flaky)" ok
holds "both are ok" results 'length == 2 and all(.ok)'

# Nor does a file go that somebody has written since, such as a person who got
# it by other means.
echo "$URL/status/500" >list
exits 1 ff --output-dir out --output-name page -o results3 list
echo 'got by hand' >out/page
exits 1 ff --output-dir out --output-name page -o results3 --resume \
    --retry-failed --connect-to ::127.0.0.1:1 list
same "a file of another size stays" "$(cat out/page)" 'got by hand'

# The name that a record gives is its own, too, whatever others are called.
echo "{\"url\":\"$URL/status/500\",\"output_name\":\"own\"}" >list
exits 1 ff --output-dir out -o results4 list
check "it has a file" test -e out/own
exits 1 ff --output-dir out -o results4 --resume --retry-failed \
    --connect-to ::127.0.0.1:1 list
check "that is gone" test ! -e out/own

# A file with its hash in its name may be that of another run, too.
echo "$URL/status/500" >list
exits 1 ff --output-dir hashed -o other list
exits 1 ff --output-dir hashed -o results2 list
exits 1 ff --output-dir hashed -o results2 --resume --retry-failed \
    --connect-to ::127.0.0.1:1 list
check "the other's is there" test -e "$(jq -r .body_path other)"
