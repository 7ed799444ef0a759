server_start
for i in 1 2; do
    echo "$URL/bytes/$i"
    echo "$URL2/json?x=$i"
done >list
ff --output-dir out --output-name '{host}/{index}-{hash:4}{ext}' list >lines
(cd out && find . -type f | sort)
jq -sr 'sort_by(.index)[].body_path' lines
