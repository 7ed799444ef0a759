server_start
printf '\xef\xbb\xbf# a comment behind a byte order mark\n\n   \n\t\r\n' >list
printf '  %s/?0 \t\r\n#%s/?no\n%s/?1' "$URL" "$URL" "$URL" >>list
exits 0 ff list >out
holds "two records" out \
    'map(.index) | sort == [0, 1]'
same "targets" "$(server_log 'select(.event == "request").target' | sort)" \
    '"/?0"
"/?1"'
holds "the URL without its white space" out --arg url "$URL" \
    'map(.url) | sort == [$url + "/?0", $url + "/?1"]'
