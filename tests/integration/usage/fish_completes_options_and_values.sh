need fish
("$FANFETCH" --help=table && "$FANFETCH" --help=keys) |
    "$TESTS/../scripts/completions" fish >completion
touch file1
mkdir folder
fish --no-config -c '
    source completion
    for line in "fanfetch --progr" "fanfetch --progress " "fanfetch --body=" \
        "fanfetch -o fi" "fanfetch --output-dir f" "fanfetch --timeout " \
        "fanfetch --summary=fi" "fanfetch --help=limit-" \
        "fanfetch --fields url,ela" "fanfetch --fields=ela" \
        "fanfetch --format te" "fanfetch --format {ela" \
        "fanfetch --output-name={host}/{ind" "fanfetch --help=sch" \
        "fanfetch -H @fi"
        echo "$line:" (complete -C "$line" | string split -f 1 \t)
    end'

# Every option is offered, and nothing else.
"$FANFETCH" --help=table | cut -f1 | sed 's/^/--/' | sort >want
fish --no-config -c 'source completion
    complete -C "fanfetch --" | string split -f 1 \t' | sed 's/=$//' | sort -u >got
same "the options" "$(cat got)" "$(cat want)"
