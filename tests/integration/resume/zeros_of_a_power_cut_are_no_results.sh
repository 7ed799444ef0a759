# After a power cut results may end in zeros, and a run without --resume begins a
# line behind them.
server_start
urls 3 "$URL/?" >list
for n in 1 5000; do
    ff --sha256 -o out "$URL/?0"
    head -c "$n" /dev/zero >>out
    ff --sha256 -o out "$URL/?1"
    exits 0 ff --since out list >since
    holds "--since finds the results" since \
        'map(.change) | sort == ["new", "unchanged", "unchanged"]'
    exits 0 ff -q --resume -o out list
    tr -d '\0' <out >whole
    check "no zeros are left" cmp whole out
    holds "one result each" out 'length == 3 and
        (map(.url[-1:]) | sort) == ["0", "1", "2"]'
    rm out
done

# Of many zeros none is kept in memory.
! sanitized || exit 0
ff -o out "$URL/?0"
peak_of 0 -q --resume -o out list
least=$PEAK
truncate -s 200M out
peak_of 0 -q --resume -o out list
check "$PEAK KB, not $least" test "$PEAK" -lt $((least + 50000))
head -c 200000000 /dev/zero >>out
ff -o out "$URL/?0"
peak_of 0 -q --resume -o out list
check "$PEAK KB within the file, not $least" test "$PEAK" -lt $((least + 50000))
holds "all are there" out 'map(.url[-1:]) | sort == ["0", "0", "1", "2"]'
rm out

# A file that begins so may be anything.
for text in '\0' '\0\n' '\0\0\n\n'; do
    printf '%b' "$text" >other
    cp other before
    exits 4 ff --resume -o other list 2>err
    check "the file is as it was" cmp other before
done
