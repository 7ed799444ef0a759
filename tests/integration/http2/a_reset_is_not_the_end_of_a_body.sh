# Only END_STREAM says that a body is complete (RFC 9113, 8.1).  libcurl takes
# RST_STREAM(NO_ERROR) for that, too.
h2_start cut
urls 4 "$H2_URL/?" >list
exits 1 ff -k --limit 1 --concurrency 1 --body list >out
holds "an answer is ok if its stream had ended before the reset" out '
    length == 4 and (map(.ok) == [false, true, false, true]) and
    all(.status_code == 200 and .attempts == 1)'
holds "the others are truncated" out 'map(select(.ok | not)) | all(
    .error.class == "protocol" and .error.code == "truncated" and
    .error.retryable)'
