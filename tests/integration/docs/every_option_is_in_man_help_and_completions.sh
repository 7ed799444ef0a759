# From the table of options, which the binary prints.
"$FANFETCH" --help=table >table
check "there are many" test "$(wc -l <table)" -ge 80
"$FANFETCH" --help all >help
for shell in bash zsh fish; do
    "$TESTS/../scripts/completions" "$shell" <table >"for_$shell"
done
# Not tabs: read takes several of them for one.
while IFS=$'\x1f' read -r name letter _; do
    short=${letter:+$letter , Fl }
    check "--$name in the manual page" grep -qE -- \
        "^\.It Fl ([0-9a-zA-Z] , Fl )?-${name//./\\.}( |$)" "$TESTS/../man/fanfetch.1"
    [ -z "$letter" ] || check "-$letter there" grep -qF -- \
        ".It Fl $short-$name" "$TESTS/../man/fanfetch.1"
    check "--$name in help" grep -qE -- "--$name( |\[|$)" help
    check "--$name in bash" grep -qE -- "--${name}[ =']" for_bash
    check "--$name in zsh" grep -qE -- "--${name}[=[]" for_zsh
    check "--$name in fish" grep -qE -- "-l $name( |$)" for_fish
done < <(tr '\t' '\037' <table)

# And the page has no other.
sed -nE 's/^\.It Fl ([0-9a-zA-Z] , Fl )?-([a-z0-9.-]+).*/\2/p' \
    "$TESTS/../man/fanfetch.1" | sort >in_page
same "options of the page alone" "$(comm -13 <(cut -f1 table | sort) in_page)" ''
