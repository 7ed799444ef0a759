# libcurl 7.88 passes the parts of a head that does not fit into its buffer in the
# wrong order, where another stream has read it.
h2_start large
urls 40 "$H2_URL/?" >list
exits 0 ff -k --limit 1 --concurrency 40 --body --include-headers list >out
holds "each answer is whole" out 'length == 40 and
    all(.ok and (.headers.a | length) == 110) and
    (map(.body) | unique | length) == 40'
