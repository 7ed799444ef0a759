# No byte of half a line is written; with room again the run continues where it
# ended.
server_start
urls 400 "$URL/?" >list
sum() { jq -s 'map(.index) | unique | length' out; }

# A limit keeps the file from growing further.
status=0
(
    ulimit -f 100
    ff -o out list 2>err
) || status=$?
same "the exit status" "$status" 4
check "the message says why, once" test "$(grep -c "cannot write to 'out'" err)" -eq 1
holds "whole lines" out 'length > 50 and length < 400'
same "to the last" "$(tail -c 1 out | od -An -c | tr -d ' ')" '\n'
exits 0 ff --resume -o out list
same "all are there, once" "$(sum) $(wc -l <out)" "400 400"

# The same of standard output, behind which the shell goes on.
status=0
{
    (ulimit -f 100 && ff list 2>err) || status=$?
    echo '{"index":"last"}'
} >out
same "the exit status" "$status" 4
holds "whole lines, and no gap" out 'length > 50 and length < 400 and
    .[-1].index == "last"'

# ...and a disk.
need unshare
unshare -rm true 2>/dev/null || skip "no name spaces here"
mkdir disk
status=0
export -f ff
export FANFETCH
# shellcheck disable=SC2016 # the inner shell expands it
unshare -rm bash -c '
    mount -t tmpfs -o size=100k tmpfs disk || exit 77
    declare -a FF_ENV=(env)
    status=0
    ff -o disk/out list 2>err || status=$?
    cp disk/out first
    mount -o remount,size=10m disk
    ff --resume -o disk/out list || exit
    cp disk/out out
    exit $status' || status=$?
[ "$status" -ne 77 ] || skip "no tmpfs can be mounted"
same "the exit status" "$status" 4
check "the message says why" grep -q "cannot write to 'disk/out': No space left" err
holds "whole lines" first 'length > 50 and length < 400'
same "all are there, once" "$(sum) $(wc -l <out)" "400 400"
