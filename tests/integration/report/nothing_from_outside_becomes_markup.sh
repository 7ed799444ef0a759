# Text of a list, a server or the command line stays text in the page.
need python3
server_start
bad='</code></script><script>ran=1</script><img src=x onerror=ran=2>"'"'"'&lt;<!--'
{
    jq -nc --arg url "$URL/status/404?$bad" --arg bad "$bad" \
        '{url: $url, id: $bad, meta: $bad, headers: {a: "b"}}'
    jq -nc --arg bad "http://$bad/" '{url: $bad}'
    jq -nc --arg bad "$bad" '{url: ("ftp://" + $bad + "\u202e\u0007")}'
    jq -nc --arg bad "$bad" '{($bad): 1}'
    # If the last hop fails, the message names it.
    jq -nc --arg url "$URL/redirect-to?url=" --arg bad "ftp://x/$bad" \
        '{url: ($url + ($bad | @uri))}'
    jq -nc --arg url "$URL/?header=Content-Type:$(jq -rn --arg v "$bad" '$v | @uri')" \
        '{url: $url}'
    printf '%s\xff\xfe<b>\n' "$URL/status/500?"
} >list
exits 1 ff -u "me:s3cret" -H "X-Key: s3cret" --expect "$bad" -x '' \
    --report page.html --summary=sum -o out list "http://me:s3cret@127.0.0.1:$PORT/" \
    2>err
python3 "$TESTS/page.py" page.html >page
jq -r '.elements[]' page | grep -v '\.' | sort >elements
cat >allowed <<'EOF'
body
br
code
data
dd
defs
desc
details
div
dl
dt
em
figcaption
figure
footer
h1
h2
h3
h4
head
header
html
li
line
main
meta
p
path
pattern
pre
rect
script
section
small
span
strong
style
summary
svg
table
tbody
td
text
th
thead
time
title
tr
ul
EOF
same "elements that are not ours" "$(comm -23 elements allowed)" ""
same "attributes" "$(jq -r '.elements[]' page | grep -E '\.(on|style$)' || :)" ""
holds "nothing leads anywhere" page '.[0].leads == []'
holds "one comment" page '.[0].comments == [" A report of fanfetch'"'"'s "]'
same "one script, of data" "$(grep -c '<script' page.html)" 1
check "its type" grep -q '^<script type="application/json" id="summary">{' page.html
check "a policy" grep -q \
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';" \
    page.html
holds "the text is there as text" page '.[0].text | contains("<script>ran=1</script>")'
check "no direction is turned" sh -c '! grep -q "$(printf "\342\200\256")" page.html'
check "no control byte" sh -c '! LC_ALL=C grep -q "$(printf "\007")" page.html'
check "UTF-8" iconv -f UTF-8 -t UTF-8 -o /dev/null page.html
check "no secret" sh -c '! grep -q s3cret page.html'
holds "the command line" page '.[0].text |
    contains("fanfetch --user '"'***'"' --header '"'***'"' --expect")'
holds "the user in a URL is hidden" page --arg port "$PORT" \
    '.[0].text | contains("http://***@127.0.0.1:" + $port)'

# Secrets are shown on request.
# A URL without a scheme is taken for a file that is missing.
exits 3 ff --report page.html "me:s3cret@127.0.0.1:$PORT/" 2>err
check "no secret in an operand" grep -qF "***@127.0.0.1:$PORT/" page.html
check "no secret in a message" grep -qF "cannot open '***@127.0.0.1:$PORT/'" err
check "no secret at all" sh -c '! grep -q s3cret page.html err'
exits 0 ff --show-secrets -u me:s3cret --report page.html "$URL/" >out
check "a secret" grep -q s3cret page.html
