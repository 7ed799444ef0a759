# The mount is in a name space of its own: it ends with the shell in there.
need unshare
unshare --mount true 2>/dev/null || skip "mounting takes root"
server_start
cat >list <<END
$URL/bytes/3000000
$URL/bytes/20
$URL/bytes/200000
END
mkdir disk
export -f ff
export URL FANFETCH
status=0
# shellcheck disable=SC2016 # the inner shell expands it
unshare --mount bash -c '
    mount -t tmpfs -o size=1m tmpfs disk || exit 77
    declare -a FF_ENV=(env)
    ff --limit 1 --output-dir disk/d --output-name "{index}" list >lines 2>err
    echo $? >status
    find disk -type f -printf "%P %s\n" | sort >files
' || status=$?
[ "$status" -ne 77 ] || skip "no tmpfs can be mounted"
same "the exit status" "$(cat status)" 1
check "nothing is printed" test ! -s err
norm lines | jq -c '[.ok, .status_code, .error.class, .error.code,
    .error.phase, .error.os_errno, .body_path]'
cat files
