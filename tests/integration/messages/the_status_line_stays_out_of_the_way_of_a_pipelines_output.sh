# Results that come to the terminal through a pipe.
server_start
urls 40 "$URL/delay/100?" >list
terminal_start 80 50
terminal_type "clear; '$FANFETCH' --limit 4 list | jq -c .index"
wait_screen '^\$ *$'
same "numbers alone, and the prompt" "$(screen | grep -vcE '^[0-9]+$')" 1
check "all of them" test "$(screen | grep -cE '^[0-9]+$')" -eq 40

# Where they go elsewhere the line is shown, also from a script, whose shell
# has the terminal.
terminal_type "clear; '$FANFETCH' --limit 1 list | jq -c .index >out"
wait_screen '^ .*% .* records|[0-9]/40 '
terminal send-keys C-c
wait_screen '^Status .*'
cat >script <<SCRIPT
'$FANFETCH' --limit 1 list | jq -c .index >out
SCRIPT
terminal_type "clear; bash script"
wait_screen '^ .*[0-9]/40 '
