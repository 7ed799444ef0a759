# With --ordered all results may wait for the first one.  If the run is killed
# then, the next one with --resume replaces the bodies that it stored; it does
# not if somebody has emptied the file of results since.
need python3
python3 -c 'import os; os.setxattr(".", "user.test", b"1")' 2>err ||
    skip "the file system has no extended attributes"
server_start
echo "{\"url\":\"$URL/stall\",\"output_name\":\"f0\"}" >list
# Each answer of /echo is another one.
for i in 1 2; do
    echo "{\"url\":\"$URL/echo?$i\",\"output_name\":\"f$i\"}" >>list
done
sed 's/stall/echo?0/' list >later
has_bodies() { [ -e d/f1 ] && [ -e d/f2 ]; }
for code in null '"name_taken"'; do
    ff_start --ordered -o out --output-dir d list
    wait_for 15 has_bodies
    kill -KILL "$FF_PID"
    ff_wait 137
    check "no result was written" test ! -s out
    [ "$code" = null ] || touch -d '1 second' out
    ff --ordered --resume -o out --output-dir d later || :
    holds "codes of its errors" out "map(.error.code) == [null, $code, $code]"
    rm -r out d
done
