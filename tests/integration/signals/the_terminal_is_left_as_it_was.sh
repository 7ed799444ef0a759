# Input, messages and results are on a terminal.  After one or two interrupts
# the status line is gone, and neither the terminal's settings nor the mode of
# shared descriptors has changed.
need script python3
server_start
urls 8 "$URL/delay/60000?" >list
cat >mode.py <<'PYTHON'
import fcntl, os
print(*[fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_NONBLOCK for fd in (0, 1, 2)])
PYTHON
# Results go to a file, so that the status line is drawn; more URLs may come
# from the terminal.
cat >inner.sh <<'INNER'
{ stty -g; python3 mode.py; } >before
{
    until grep -q '8 records' screen; do sleep 0.05; done
    for i in $(seq "$NSIGNALS"); do
        kill -INT "$(cat pid)"
        sleep 0.3
    done
} &
status=0
env --default-signal=INT sh -c 'echo $$ >pid; exec "$@"' sh "$FANFETCH" \
    --limit 4 --grace "$GRACE" -o "results.$NSIGNALS" list - || status=$?
echo $status >status
{ stty -g; python3 mode.py; } >after
INNER
export TERM=xterm FANFETCH NSIGNALS GRACE
for NSIGNALS in 1 2; do
    GRACE=$((NSIGNALS * 20 - 20))
    rm -f status screen
    script -fqec "bash inner.sh" screen </dev/null >/dev/null
    same "status" "$(cat status)" 130
    same "the terminal" "$(cat after)" "$(cat before)"
    # The text after the last status line erases it and is the summary.
    check "taken away" grep -qP 'records  .*\r \x1b\[J' screen
    check "nothing is drawn after the summary" \
        grep -qP '\r8 records in [^\x1b]*$' screen
    # Each colour that is switched on is switched off.
    same "colours" "$({ grep -ao $'\e\\[[0-9;]*m' screen || :; } | tail -n 1)" \
        "$(grep -aq $'\e\\[[0-9;]*m' screen && printf '\e[m')"
done
