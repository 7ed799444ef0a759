# Some file systems cannot rename without overwriting and have no hard links.
# Bodies get their names there, too, and no file is replaced.
server_start
preload no_links
dir=(--output-dir out --output-name '{basename}')
exits 0 ff "${dir[@]}" "$URL/bytes/3" "$URL/bytes/4" >first
same "names" "$(cd out && find . -type f | sort | xargs)" "./3 ./4"
echo mine >out/3
exits 1 ff "${dir[@]}" "$URL/bytes/3" "$URL/bytes/5" >second
holds "a name is taken" second 'map(.error.code) | sort == [null, "name_taken"]'
same "mine" "$(cat out/3)" mine
exits 0 ff "${dir[@]}" --existing replace "$URL/bytes/3" "$URL/bytes/6" >third
same "replaced" "$(cat out/3)" abc
exits 1 ff "${dir[@]}" --existing replace "$URL/bytes/7"{,?a,?b,?c,?d} >fourth
holds "one of five gets the name" fourth 'map(select(.ok)) | length == 1'
same "no temporary file is left" "$(find out -name '.*tmp')" ""
