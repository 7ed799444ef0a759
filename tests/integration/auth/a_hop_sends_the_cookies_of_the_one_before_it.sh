server_start
to="$URL/redirect-to?url=/echo&header=Set-Cookie:%20hop=1%3B%20Path=/"
exits 0 ff --cookie-jar jar --body "$to" >out
holds "set and sent" out '.[0].body | fromjson | .headers |
    any(. == ["Cookie", "hop=1"])'
# Without a jar no cookies are kept.
exits 0 ff --body "$to" >out
holds "none" out '.[0].body | fromjson | .headers | all(.[0] != "Cookie")'
