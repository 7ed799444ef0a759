terminal_start 80 24
terminal_type "clear; '$FANFETCH' --help"
wait_screen '^More: '
same "its first line is still there" "$(screen | head -n 1)" \
    'Usage: fanfetch [OPTION]... [URL|FILE|-]...'

# What it leads to.
exits 0 ff --help all >everything
"$FANFETCH" --help=table | cut -f1 | while read -r name; do
    check "--help all has --$name" grep -qE -- "^ .*--$name( |\[|$)" everything
    exits 0 ff --help "$name" >one
    check "--help $name" grep -qE -- "^(-., )?--$name( |\[|$)" one
    exits 0 ff "--help=--$name" >other
    check "--help=--$name" cmp -s one other
done
exits 2 ff --help limt 2>err
check "a topic that is near" grep -q "did you mean 'limit'?" err
exits 2 ff --limt 3 2>err
check "an option that is near" grep -q "did you mean --limit?" err
exits 2 ff --max-time 3 2>err
check "another tool's name" grep -q "did you mean --timeout?" err
