# --keep-request: every key of a record that asks for something is in the
# result, and one round later; what a sitemap asks for, too.
echo hello >b
url=http://127.0.0.1:1/
sha=$(sha256sum <b | cut -d' ' -f1)
jq -c . >records <<JSON
{"url": "$url", "method": "PUT", "headers": {"A": ["1", "2"]},
 "body_file": "b", "timeout": "2s", "connect_timeout": 1, "output_name": "x",
 "expect": "^a", "expect_sha256": "$sha", "accept": "404"}
{"url": "$url", "method": "POST",
 "form": {"f": {"file": "b", "type": "a/b", "filename": "n"}, "g": "h"}}
{"url": "$url", "method": "POST", "json": {"a": [1.0, null]}, "expect": "1"}
{"url": "$url", "method": "POST", "body": "x", "accept": "200"}
JSON
jq -c '. + {id: [input_line_number], meta: {a: 1}}' records >list
from=list
for to in first second; do
    exits 1 ff --ordered --keep-request --allow-files . $from >$to
    same "every key ($to)" "$(jq -c .request $to)" "$(cat records)"
    same "id and meta ($to)" "$(jq -c '[.id, .meta]' $to)" \
        "$(jq -c '[.id, .meta]' list)"
    from=$to
done

cat >map.xml <<XML
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>
<loc>${url}a&amp;b</loc><lastmod>2026-01-01</lastmod></url></urlset>
XML
exits 1 ff --keep-request --input-format sitemap map.xml >first
holds "a sitemap's entry" first --arg url "${url}a&b" '
    .[0] | .request == {url: $url} and .meta == {lastmod: "2026-01-01"}'
exits 1 ff --keep-request first >second
holds 'and again' second --arg url "${url}a&b" '
    .[0] | .request.url == $url and .meta == {lastmod: "2026-01-01"}'

# Whoever writes such a line may have put all keys there.
echo "{\"id\":1,\"request\":{\"url\":\"$url\",\"id\":[7],\"meta\":{\"a\":1}}}" >list
exits 1 ff --keep-request list >first
exits 1 ff first >second
for to in first second; do
    holds "id and meta of the request ($to)" $to \
        '.[0] | .id == [7] and .meta == {a: 1}'
done
