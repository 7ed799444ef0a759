server_start
ff --truncate 1000 --output-dir out --output-name x -m 10 \
    "$URL/endless?status=302&header=Location:/bytes/5" >lines
holds "the redirect is followed" lines 'all(.ok and .num_redirects == 1 and
    .body_truncated == false)'
same "the last body is stored" "$(cat out/x)" abcde
