# "URL<tab>label" is a URL and its label; a space belongs to the URL.
server_start
printf '%s\n' "$URL/echo	 A \"title\" " "$URL/echo?a b" \
    "example.test	title" "$URL/	$URL/" >list
exits 1 ff --body --ordered list >out
holds "a label" out '.[0] | .meta == {"label": "A \"title\""} and
    (.body | fromjson | .target) == "/echo" and (.url | endswith("/echo"))'
holds "a space" out '.[1] | (.body | fromjson | .target) == "/echo?a%20b" and
    (has("meta") | not)'
holds "no scheme" out '.[2].error | .class == "input" and
    .code == "url_malformed" and (.message | test("^list:3: .*tsv"))'
holds "two URLs" out '.[3].error | .code == "url_malformed" and
    (.message | test("^list:4: .*line of its own"))'
