# jq 'select(.error.retryable)' feeds straight back.
server_start
{
    echo "$URL/flaky?times=1"
    echo "{\"url\":\"$URL/\",\"id\":7,\"meta\":{\"a\":1}}"
} >list
exits 1 ff --body --include-headers list >first
exits 0 ff first >second
holds "both are ok now" second 'length == 2 and all(.ok)'
holds "id and meta are kept" second \
    'any(.id == 7 and .meta == {"a": 1})'
holds "failed ones can be selected" first \
    'map(select(.error.retryable)) | length == 1'
