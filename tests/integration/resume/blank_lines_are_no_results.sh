# Editors and scripts leave blank lines among results, as between two files that
# were put together.
server_start
urls 3 "$URL/?" >list
ff --sha256 -o out "$URL/?0"
printf '\n \t\r\n' >>out
ff --sha256 -o out "$URL/?1"
echo >>out
exits 0 ff --since out list >since
holds "--since finds the results" since \
    'map(.change) | sort == ["new", "unchanged", "unchanged"]'
exits 0 ff -q --resume -o out list
holds "one result each" out 'length == 3 and
    (map(.url[-1:]) | sort) == ["0", "1", "2"]'
same "lines" "$(wc -l <out)" 3
