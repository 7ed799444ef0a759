server_start
exits 0 ff --oauth2-bearer token123 --body "$URL/echo" >out
holds "as the standard says" out '.[0].body | fromjson | .headers |
    any(. == ["Authorization", "Bearer token123"])'
check "the token is not in the result" test \
    "$(jq 'del(.body)' out | grep -c token123)" -eq 0
