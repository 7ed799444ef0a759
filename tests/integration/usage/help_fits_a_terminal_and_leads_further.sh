# timeout: 180
terminal_start 80 24
terminal_type "clear; '$FANFETCH' --help"
wait_screen '^More: '
same "its first line is still there" "$(screen 0 | head -n 1)" \
    'Usage: fanfetch [OPTION]... [URL|FILE|-]...'

# Help leads to a page for each option, under any of its names.
[ -x "$FANFETCH_PARSE" ] || skip "make test-deps builds tests/parse"
"$FANFETCH" --help=table | cut -f1 >names
sed 's/^/--help /' names | "$FANFETCH_PARSE" | grep -A 1 '^> ' |
    sed -nE 's/^(-., )?--([a-z0-9.-]+).*/\2/p' >pages
check "a page for each" cmp names pages
exits 0 ff --help=timeout >page
for topic in --timeout -m m; do
    exits 0 ff --help "$topic" >same_page
    check "$topic" cmp page same_page
done
exits 2 ff --help limt 2>err
check "a topic that is near" grep -q "did you mean 'limit'?" err
exits 2 ff --limt 3 2>err
check "an option that is near" grep -q "did you mean --limit?" err
exits 2 ff --help tries 2>err
check "another tool's name" grep -q -- "use --retry N" err
exits 0 ff --help max-time >same_page
check "an alias" cmp page same_page
exits 0 ff -hmax-time >same_page
check "a topic at the letter" cmp page same_page
"$FANFETCH" --help request >page
for topic in -I I head; do
    exits 0 ff --help "$topic" >same_page
    check "$topic" cmp page same_page
done
for topic in -L location compressed; do
    exits 0 ff --help "$topic" >page
    check "$topic is accepted" grep -q 'no effect' page
done
exits 2 ff --help -O 2>err
check "another tool's letter" grep -q -- "use --output-dir DIR" err

# curl's --rate is per hour, ours per second: both pages say so.
exits 0 ff --help=all >page
check "all options" grep -qE -- '--rate RATE .* a second' page
exits 0 ff --help=rate >page
check "its own page" grep -q "A bare number is per second (curl's is per hour)" page
