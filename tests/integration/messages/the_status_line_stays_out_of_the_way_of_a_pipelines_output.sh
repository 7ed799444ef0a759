# Results come to the terminal through a pipe.  The command that prints them is
# started before us, however long a busy machine takes, and the case waits until
# it has read everything.
server_start
urls 40 "$URL/delay/100?" >list
cat >first <<SCRIPT
until [ -e up ]; do sleep 0.02; done
exec '$FANFETCH' --limit 4 list
SCRIPT
terminal_start 80 50
terminal_type 'clear; bash first | { : >up; exec jq -c .index; }; echo "e"nd'
wait_screen '^end$'
same "numbers alone" "$(screen | grep -vE '^([0-9]+|end|\$ *)$')" ""
check "all results are there" test "$(screen | grep -cE '^[0-9]+$')" -eq 40

# If results go elsewhere, the line is shown whatever other process has the
# terminal: a job in the background, or the shell of a script.  The reader
# outlives the interrupt, as otherwise there would be no result to check.
urls 20 "$URL/delay/100?" >list
urls 20 "$URL/stall?" >>list
cat >second <<SCRIPT
sleep 60 &
'$FANFETCH' --limit 1 --grace 0 list | (trap '' INT; exec jq -c .index >out)
SCRIPT
terminal_type 'clear; . ./second'
# Without a result the summary would have no statuses.
wait_screen '[1-9]/40 '
terminal send-keys C-c
wait_screen '^Status .*'
cat >script <<SCRIPT
'$FANFETCH' --limit 1 list | jq -c .index >out
SCRIPT
terminal_type 'clear; echo "e"nd'
wait_screen '^end$'
check "nothing is left of the first" test "$(screen | grep -c /40)" -eq 0
terminal_type 'bash script'
wait_screen '^ .*[0-9]/40 '
