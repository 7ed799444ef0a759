# timeout: 240
# The run is killed at random, then the list is edited at random, over and over.
# In the end each record of the list has exactly one result, and the server has
# seen no request twice but those in flight when a run was killed.  EDITS and
# RECORDS make it larger.
edits=${EDITS:-8}
n=${RECORDS:-600}
limit=20
RANDOM=${SEED:=$RANDOM}
echo "SEED=$SEED" >&2
need python3
server_start

# some lines inserted, removed, moved and doubled.
cat >edit.py <<'PY'
import random, sys
random.seed(int(sys.argv[1]))
url = sys.argv[2]
lines = open("list").read().splitlines()
fresh = 0
for _ in range(len(lines) // 20):
    at = random.randrange(len(lines))
    kind = random.randrange(4)
    if kind == 0:
        fresh += 1
        lines.insert(at, "%s/?delay=5&new=%s.%d" % (url, sys.argv[1], fresh))
    elif kind == 1:
        del lines[at]
    elif kind == 2:
        lines.insert(random.randrange(len(lines)), lines.pop(at))
    else:
        lines.insert(at, random.choice(lines))
if random.randrange(4) == 0:
    random.shuffle(lines)
open("list", "w").write("".join(l + "\n" for l in lines))
PY

urls "$n" "$URL/?delay=5&id=" >list
for i in $(seq "$edits"); do
    timeout -s KILL "0.$((RANDOM % 6 + 1))" "${FF_ENV[@]}" "$FANFETCH" -q \
        --resume -o out.jsonl --limit $limit list 2>err || :
    check "the file was not refused" test ! -s err
    [ $((RANDOM % 2)) -eq 0 ] || printf '{"index":7,"id":nu' >>out.jsonl
    python3 edit.py $((SEED * 100 + i)) "$URL"
done 2>/dev/null
exits 0 ff --resume -o out.jsonl --limit $limit list 2>err
jq -r .url out.jsonl | sort >got
sort list >wanted
same "records without a result of their own" "$(comm -13 got wanted)" ""

# Results beyond those that the list asks for belong to earlier versions of the
# list.
extra=$(comm -23 got wanted | wc -l)
[ "$extra" -eq 0 ] || check "they are counted" \
    grep -q " has $extra results of records" err
nresults=$(wc -l <out.jsonl)
requests=$(server_stats .requests)
echo "$nresults results, $requests requests" >&2
check "nothing was fetched twice beyond what was in flight" \
    test "$requests" -le $((nresults + edits * (limit + 5)))
server_reset
exits 0 ff -q --resume -o out.jsonl list
same "nothing is left to do" "$(server_stats .requests)" 0
