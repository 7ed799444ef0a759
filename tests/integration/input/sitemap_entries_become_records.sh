# --input-format sitemap: entries of a sitemap or an index, plain or gzip, from
# a file or standard input.
server_start
cat >map.xml <<XML
<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <s:url>
    <s:loc> $URL/echo?a=1&amp;b=2 </s:loc>
    <s:lastmod>2026-11-28</s:lastmod><s:priority>0.5</s:priority>
    <image:image><image:loc>$URL/none</image:loc></image:image>
  </s:url>
  <s:url><s:loc><![CDATA[$URL/echo?c=3&d=4]]></s:loc></s:url>
  <s:url><s:loc>$URL/echo?&#252;=&quot;</s:loc></s:url>
</s:urlset>
XML
cat >want <<WANT
/echo?a=1&b=2 {"lastmod":"2026-11-28"}
/echo?c=3&d=4 null
/echo?%C3%BC=%22 null
WANT
gzip -c map.xml >map.xml.gz
for file in map.xml map.xml.gz; do
    exits 0 ff --input-format sitemap --ordered --body "$file" >out
    same "$file" "$(jq -r '"\(.body | fromjson | .target) \(.meta | tojson)"' \
        out)" "$(cat want)"
    exits 0 ff --input-format sitemap --ordered --body <"$file" >out
    same "$file by stdin" "$(jq -rc '.body | fromjson | .target' out)" \
        "$(cut -d ' ' -f 1 want)"
done

# A byte at a time.
{
    while IFS= read -r -n 1 -d '' byte; do
        printf %s "$byte"
    done <map.xml
} | exits 0 ff --input-format sitemap --ordered --body >out
same "in small pieces" "$(jq -rc '.body | fromjson | .target' out)" \
    "$(cut -d ' ' -f 1 want)"

# The sitemaps of an index are records, and have meta.sitemap.
cat >index.xml <<XML
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>$URL/echo/1.xml</loc></sitemap>
<sitemap><loc>$URL/echo/2.xml</loc><lastmod>2026</lastmod></sitemap>
</sitemapindex>
XML
exits 0 ff --input-format sitemap --ordered index.xml >out
holds "an index" out 'map(.meta) ==
    [{"sitemap": true}, {"lastmod": "2026", "sitemap": true}]'

# With --resume the first one is not fetched again, and each shard has its part.
exits 0 ff --input-format sitemap -o results map.xml
exits 0 ff --input-format sitemap -o results --resume --summary=sum map.xml
check "nothing is fetched twice" test "$(wc -l <results)" = 3
for k in 1 2; do
    exits 0 ff --input-format sitemap --shard "$k/2" map.xml
done >out
check "each entry is in one part" test "$(wc -l <out)" = 3
