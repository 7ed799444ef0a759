server_start
exits 0 ff --body "$URL/echo" >out
holds "User-Agent, Accept, Accept-Encoding, each once" out '.[0].body |
    fromjson | .headers | map(.[0]) as $names |
    (.[] | select(.[0] == "User-Agent")[1] | startswith("fanfetch/")) and
    (["Accept", "Accept-Encoding", "Host", "User-Agent"] |
        all(. as $name | $names | map(select(. == $name)) | length == 1))'
