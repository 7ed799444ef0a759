# The run that README.md shows, in a real terminal: "tests/run.sh -v" prints it
# anew.  Numbers differ from run to run, but not what is there.
example_world
{
    for i in $(seq 40); do
        for host in https://{www,shop,api}.example.com http://plain.example.com
        do
            echo "$host/delay/$((i * 37 % 800))?$i"
        done
    done
    urls 9 'https://shop.example.com/gone?'
    urls 5 'http://dead.example.com:81/'
    echo https://expired.example.com/
} >world/urls.txt
cd world || exit
export PATH=$PWD/bin:$PATH NO_COLOR=1
terminal_start 84 40
terminal set-environment -g PATH "$PATH"

# In the middle of the run's three frames, then its end.
terminal pipe-pane 'cat >>pane'
terminal_type 'fanfetch --limit 20 -o results.jsonl urls.txt'
wait_screen '^Failing '
wait_for 10 test -s pane
# A busy machine may leave out one of the thirds, but not all of them.
for percent in 1-3 4-6 7-9; do
    tr '\r' '\n' <pane | sed 's/\x1b\[[0-9;]*[A-Za-z]//g' |
        grep -m 1 -E "^ *[$percent][0-9]% " >>frames || :
done
check "frames" test -s frames
terminal_type "jq -r 'select(.ok | not) | .error.code' results.jsonl | sort | uniq -c"
wait_screen '^ *5 refused$'
wait_screen '^\$ *$'
{
    echo '```console'
    screen | sed -n 1p
    cat frames
    screen | sed -e 1d -e '/^\$ *$/d'
    echo '```'
} | tee transcript

# shape FILE: the commands, and what the other lines begin with.
shape() {
    sed -n '/^```console/,/^```$/p' "$1" |
        sed -E 's/^([A-Z][a-z]+ ).*/\1/; s/^ +[0-9].*/number/; /^ /d' |
        sed -E 's/^[0-9].*/number/' | sort -u
}
same "README.md shows the same" "$(shape "$TESTS/../README.md")" "$(shape transcript)"
