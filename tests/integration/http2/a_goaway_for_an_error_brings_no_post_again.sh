# timeout: 120
# The server may have handled streams that it claims not to have handled, as
# Node 20 does.
h2_start liar 10
h2_posts 40 >list
exits 1 ff -k --limit 4 --concurrency 8 list >out
same "requests that reached the server twice" \
    "$(awk 'NF == 5 { print $5 }' h2.log | sort | uniq -d)" ""
holds "streams that it left out are errors" out 'length == 40 and
    all(.ok or (.error.code == "h2" and .attempts == 1)) and
    any(.ok | not)'

h2_start liar 10
urls 40 "$H2_URL/?" >list
exits 0 ff -k --limit 4 --concurrency 8 list >out
holds "a GET is repeated" out 'length == 40 and all(.ok) and any(.attempts > 1)'
