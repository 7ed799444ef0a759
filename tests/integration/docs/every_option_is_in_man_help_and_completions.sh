# The names come from the table of options, which the binary prints.
page=$TESTS/../man/fanfetch.1
"$FANFETCH" --help=table >table
"$FANFETCH" --help=keys >keys
cut -f1 table | sort >names
check "there are many" test "$(wc -l <names)" -ge 90

# lists WHAT: standard input, sorted, is the names and nothing else.
lists() {
    sort -u >listed
    same "missing in $1" "$(comm -23 names listed)" ''
    same "of $1 alone" "$(comm -13 names listed)" ''
}

sed -nE 's/^\.It Fl ([0-9a-zA-Z] , Fl )?-([a-z0-9.-]+)( .*|$)/\2/p' "$page" |
    lists "the manual page"
"$FANFETCH" --help all |
    sed -nE 's/^  (-., |    )--([a-z0-9.-]+).*/\2/p' | lists "--help all"
completions() {
    cat table keys | "$TESTS/../scripts/completions" "$1"
}
completions zsh | sed -nE "s/^ *'\*--([a-z0-9.-]+)[=[].*/\1/p" | lists zsh
completions fish | sed -nE 's/^complete .* -l ([a-z0-9.-]+)( .*|$)/\1/p' | lists fish
completions bash | sed -nE "s/^ *_fanfetch_words '(--.*)'/\1/p" | tr ' ' '\n' |
    sed -nE 's/^--([a-z0-9.-]+)$/\1/p' | lists bash

# Each letter is beside its name.
awk -F '\t' '$2 != "" { print $2 " , Fl -" $1 }' table | sort >names
check "there are some" test "$(wc -l <names)" -ge 20
sed -nE 's/^\.It Fl ([0-9a-zA-Z] , Fl -[a-z0-9.-]+)( .*|$)/\1/p' "$page" |
    lists "the manual page's letters"
