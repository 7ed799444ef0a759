# Records are a stranger's.  A record whose name leads out of the folder is not
# even requested.
server_start
mkdir out elsewhere
ln -s ../elsewhere out/link
ln -s ../elsewhere/dangling out/dangling
mkdir out/folder
touch start
for name in ../x ../elsewhere/x /etc/x "$PWD/x" a//b a/../../x . .. ./x x/ \
    'a\u001bb' 'a\nb' link/../x link/x dangling folder; do
    printf '{"url":"%s","output_name":"%s"}\n' "$URL/" "$name"
done >list
exits 1 ff --output-dir out list >lines
jq -sc 'sort_by(.index)[] | [.error.class, .error.code, .error.phase,
    .attempts, .body_path]' lines

# Segments of a path that are dots alone, however they are spelled.
exits 0 ff --output-dir out --output-name '{path}/x' "$URL/status/200%2f..%2f.." \
    >lines
jq -c .body_path lines

same "nothing is outside" \
    "$(find . -newer start ! -path './out*' ! -path './server*' -type f |
        sort | xargs)" "./lines ./list"
same "nothing else is inside" "$(find out -type f | wc -l)" 1
