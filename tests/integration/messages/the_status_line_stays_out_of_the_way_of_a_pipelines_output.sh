# Results that come to the terminal through a pipe.  What prints them is there
# before we are, however long a busy machine takes to start it; and the command
# is over when it says so: until it was read there is a prompt, too.
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

# Where they go elsewhere the line is shown, whatever else has the terminal: a
# job in the background; the shell of a script that we are run from.  The reader
# outlives the interrupt: without one there would be nothing to tell.
cat >second <<SCRIPT
sleep 60 &
'$FANFETCH' --limit 1 list | (trap '' INT; exec jq -c .index >out)
SCRIPT
terminal_type 'clear; . ./second'
wait_screen '^ .*% .* records|[0-9]/40 '
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
