# timeout: 180
# Completion is tried with bash's own words and compopt, as a user would.
("$FANFETCH" --help=table && "$FANFETCH" --help=keys) |
    "$TESTS/../scripts/completions" bash >completion
touch file1
mkdir folder
terminal_start 100
terminal_type "source ./completion; clear; PS1='> '"
# Before its prompt, bash doesn't read key by key.
wait_screen '^> *$'

# becomes TYPED SHOWN: what Tab makes of a line.
becomes() {
    terminal send-keys C-u
    terminal send-keys -l "$1"
    terminal send-keys Tab
    wait_screen "^> $2\$"
}

becomes 'fanfetch --progr' 'fanfetch --progress'
becomes 'fanfetch --progress=ne' 'fanfetch --progress=never'
becomes 'fanfetch --progress al' 'fanfetch --progress always'
becomes 'fanfetch --body=ba' 'fanfetch --body=base64'
becomes 'fanfetch -o fi' 'fanfetch -o file1'
becomes 'fanfetch --summary=fi' 'fanfetch --summary=file1'
becomes 'fanfetch fil' 'fanfetch file1'

# Keys are completed, also the second one of a list and those in braces, quoted
# or not.
becomes 'fanfetch --fields stat' 'fanfetch --fields status_'
becomes 'fanfetch --fields status_c' 'fanfetch --fields status_code'
becomes 'fanfetch --fields=url,ela' 'fanfetch --fields=url,elapsed'
becomes 'fanfetch --fields elapsed,ela' 'fanfetch --fields elapsed,ela'
becomes 'fanfetch --format te' 'fanfetch --format text'
becomes 'fanfetch --format {status_c' 'fanfetch --format {status_code}'
becomes "fanfetch --format '{url} {error.co" \
    "fanfetch --format '{url} {error.code}'"
becomes 'fanfetch --format="{{{ela' 'fanfetch --format="{{{elapsed}"'
becomes 'fanfetch --output-name {ind' 'fanfetch --output-name {index}'
becomes 'fanfetch --output-name {host}/{ind' \
    'fanfetch --output-name {host}/{index}'

becomes 'fanfetch --help sch' 'fanfetch --help schema'
becomes 'fanfetch --help retry-an' 'fanfetch --help retry-and-pace'
becomes 'fanfetch -H @fi' 'fanfetch -H @file1'
becomes 'fanfetch --json=@fi' 'fanfetch --json=@file1'
becomes "fanfetch -H '@fi" "fanfetch -H '@file1'"
becomes 'fanfetch -F a=@fi' 'fanfetch -F a=@file1'
becomes 'fanfetch -b fi' 'fanfetch -b file1'
becomes 'fanfetch --output-dir f' 'fanfetch --output-dir folder/'
becomes 'fanfetch --default-scheme=http' 'fanfetch --default-scheme=http'
