# With bash's own words and compopt, as a user would.
"$FANFETCH" --help=table | "$TESTS/../scripts/completions" bash >completion
touch file1
terminal_start 100
terminal_type "source ./completion; clear"

# becomes TYPED SHOWN: what Tab makes of a line.
becomes() {
    terminal send-keys C-u
    terminal send-keys -l "$1"
    terminal send-keys Tab
    wait_screen "^\\\$ $2\$"
}

becomes 'fanfetch --progr' 'fanfetch --progress'
becomes 'fanfetch --progress=ne' 'fanfetch --progress=never'
becomes 'fanfetch --progress al' 'fanfetch --progress always'
becomes 'fanfetch --body=ba' 'fanfetch --body=base64'
becomes 'fanfetch -o fi' 'fanfetch -o file1'
becomes 'fanfetch --summary=fi' 'fanfetch --summary=file1'
becomes 'fanfetch fil' 'fanfetch file1'
