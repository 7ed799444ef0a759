# A character too many or too few, and the password is somewhere else than in a
# URL.  It is shown nowhere, and --resume still knows the result.
cat >list <<'END'
/http://me:SEKRET@host/
http:#/me:SEKRET@host/
ht%p://me/x:SEKRET@host/
http://a,http://me:SEKRET@host/
http%3A//me:SEKRET@host/
"http://me:SEKRET@host/"
ftp://me:SEKRET@host/
{"url": "?http://me:SEKRET@host/"}
END
exits 1 ff -v --report page --trace trace --summary=summary -o out list 2>err
holds "all are refused" out 'length == 8 and all(.error.class == "input")'
holds "the rest is shown" out 'all(.url | contains("***@host/"))'
holds "it can't be sent again" out 'all(.request_omitted == ["url"])'
for file in out err page trace summary; do
    check "nothing in $file" test "$(grep -c SEKRET "$file")" -eq 0
done
exits 0 ff --resume -o out list
holds "no second line" out 'length == 8'
exits 1 ff --show-secrets list >shown
holds "with --show-secrets" shown 'all(.url | contains("me:SEKRET@") or
    contains("me/x:SEKRET@"))'
