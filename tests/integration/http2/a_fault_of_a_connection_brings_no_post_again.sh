# After an error of the connection libcurl gives it up and would send the
# request again.  The server, which had got it, has not refused it.
h2_start fault 2
h2_posts 9 >list
exits 1 ff -k --limit 1 --concurrency 1 list >out
same "requests that reached the server twice" \
    "$(awk 'NF == 5 { print $5 }' h2.log | sort | uniq -d)" ""
holds "every third request fails" out 'length == 9 and
    (map(select(.ok)) | length) == 6 and all(.attempts == 1)'
