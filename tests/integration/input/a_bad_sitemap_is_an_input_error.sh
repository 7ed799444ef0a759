# An invalid sitemap gives one record that names file and line; entries before
# that line are fetched.
server_start
head='<urlset><url><loc>'$URL'/</loc></url>
'
printf '%s<url><loc>http://h/' "$head" >cut.xml
printf '%s<url></loc></url></urlset>' "$head" >tags.xml
printf '%s</urlset>x' "$head" >behind.xml
printf '<html><body>Not found</body></html>' >page.xml
: >empty.xml
printf '<!DOCTYPE urlset [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<urlset><url><loc>http://h/&b;</loc></url></urlset>' >bomb.xml
printf '%s</urlset>' "$head" | gzip | head -c 40 >cut.gz
{ printf '%s<url a="' "$head"; head -c 3000000 /dev/zero | tr '\0' a; } >tag.xml
{ printf '<urlset>'; for ((i = 0; i < 2000; i++)); do printf '<a>'; done; } >deep.xml
{
    printf '<urlset><url><loc>http://h/'
    head -c 2000000 /dev/zero | tr '\0' a
    printf '</loc></url></urlset>'
} >long.xml
for name in cut tags behind page empty bomb tag deep long; do
    exits 1 ff --input-format sitemap "$name.xml" >out
    holds "$name" out --arg name "$name" 'map(select(.error)) | length == 1 and
        (.[0].error | .class == "input" and .code == "sitemap_invalid" and
            (.message | startswith($name + ".xml:")))'
done
exits 1 ff --input-format sitemap cut.xml >out
holds "the entry before it" out 'map(.ok) | sort == [false, true]'
holds "its line" out 'any(.error.message // "" | startswith("cut.xml:2:"))'
exits 1 ff --input-format sitemap cut.gz >out
holds "gzip" out 'any(.error.message // "" | test("cut off"))'

# An entry without a URL is the only one that fails.
printf '%s<url><lastmod>2026</lastmod></url><url><loc>%s/</loc></url></urlset>' \
    "$head" "$URL" >map.xml
exits 1 ff --input-format sitemap map.xml >out
holds "no loc" out 'map(select(.ok)) | length == 2'

