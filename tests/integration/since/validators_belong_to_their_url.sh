# timeout: 240
feeds_start
for i in 1 2; do
    echo "content $i" >"feeds/both/$i"
    touch -d "2026-01-01T00:00:0${i}Z" "feeds/both/$i"
done
cp feeds/both/1 feeds/both/3
touch -d 2026-01-01T00:00:03Z feeds/both/3
echo "$FEEDS/both/1" >feeds/redirect/a
tag=\"$(md5sum <feeds/both/1 | cut -d ' ' -f 1)\"

exits 0 ff --since none -o state "$FEEDS/redirect/a" 2>err
: >feeds/log
exits 0 ff --since state -o out "$FEEDS/redirect/a"
holds "unchanged behind a redirect" out \
    '.[0] | .change == "unchanged" and .num_redirects == 1 and .status_code == 304'
same "on the hop that gave them" "$(feeds_log)" \
    "GET /both/1 304 $tag Thu, 01 Jan 2026 00:00:01 GMT
GET /redirect/a 302 - -"

# The redirect leads elsewhere now.
echo "$FEEDS/both/2" >feeds/redirect/a
exits 0 ff --since state -o out2 "$FEEDS/redirect/a"
holds "changed" out2 '.[0].change == "changed"'
same "to another URL without them" "$(feeds_log)" "GET /both/2 200 - -
GET /redirect/a 302 - -"
echo "$FEEDS/both/3" >feeds/redirect/a
exits 0 ff --since state -o out3 "$FEEDS/redirect/a"
holds "the same content is unchanged" out3 '.[0].change == "unchanged"'

# This holds over a failure of another hop, and without any.
rm state
exits 0 ff --since none -o state "$FEEDS/redirect/a" 2>err
tag3=$(jq -r .etag state)
: >feeds/redirect/a
exits 1 ff --since state -o failed "$FEEDS/redirect/a"
holds "the redirect failed" failed --arg tag "$tag3" --arg url "$FEEDS/both/3" '
    .[0] | .status_code == 500 and .etag == $tag and .url_earlier == $url
    and .url_effective != $url'
exits 1 ff --since failed -o blocked --deny-private "$FEEDS/redirect/a"
: >feeds/log
exits 1 ff --since blocked -o failed2 "$FEEDS/redirect/a"
same "the other URL gets no validator" "$(feeds_log)" "GET /redirect/a 500 - -"
echo "$FEEDS/both/3" >feeds/redirect/a
: >feeds/log
exits 0 ff --since failed2 -o out3b "$FEEDS/redirect/a"
holds "unchanged after failures" out3b '.[0].change == "unchanged"'
same "the other one gets them" "$(feeds_log)" \
    "GET /both/3 304 $tag3 Thu, 01 Jan 2026 00:00:03 GMT
GET /redirect/a 302 - -"

# The URL has credentials, which the line does not show.
cp feeds/both/1 feeds/both/4
with=${FEEDS/:\/\//://me:secret@}/both/4
rm state
exits 0 ff --since none -o state "$with" 2>err
: >feeds/log
exits 0 ff --since state -o out4 "$with"
holds "unchanged" out4 '.[0].change == "unchanged"'
exits 0 ff --show-secrets --since state -o state2 "$with"
exits 0 ff --since state2 -o out5 "$with"
same "each with its tag" "$(feeds_log | cut -d ' ' -f 1-4 | uniq -c | tr -s ' ')" \
    " 3 GET /both/4 304 $tag"

# A retry sends the validators again.
cp feeds/both/1 feeds/broken/1
exits 0 ff --since none -o state "$FEEDS/broken/1" 2>err
touch feeds/broken/down
: >feeds/log
exits 1 ff --retry 2 --retry-delay 1ms --since state -o out6 "$FEEDS/broken/1"
same "with each attempt" "$(feeds_log | uniq -c | tr -s ' ')" \
    " 3 GET /broken/1 500 $tag -"
