# Tables with awkward cells, written by Python's csv module.
need python3
server_start
cat >write.py <<'PYTHON'
import csv, json, random, sys

url, seed, name = sys.argv[1:]
dice = random.Random(seed)
# No bare CR, since Python writes it as it is where lines end with LF.
letters = ['a', ' ', '"', ',', '\n', '\t', 'é', '😀', "'", ';', '#', '{', '\\']

def cell():
    return ''.join(dice.choice(letters) for _ in range(dice.randrange(6)))

columns = ['url', 'id', 'method', 'body', 'a "b"', 'c,d', 'e\nf', '']
dice.shuffle(columns)
with open(name + '.csv', 'w', newline='') as table, \
        open(name + '.want', 'w') as want:
    out = csv.writer(
        table, delimiter=dice.choice(',\t'),
        quoting=dice.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        lineterminator=dice.choice(['\n', '\r\n']))
    print(out.dialect.delimiter == '\t' and 'tsv' or 'csv')
    out.writerow(columns)
    for i in range(50):
        row = {c: cell() for c in columns}
        row['url'] = f'{url}/mirror?{i}'
        row['method'] = dice.choice(['', 'GET', 'PUT'])
        out.writerow([row[c] for c in columns])
        method = row['method'] or ('POST' if row['body'] else 'GET')
        print(json.dumps([
            i, row['id'] or None, method, row['body'],
            {c: row[c] for c in columns
             if c not in ('url', 'id', 'method', 'body')}],
            ensure_ascii=False, sort_keys=True), file=want)
PYTHON
echo "SEED=${SEED:=$RANDOM}" >&9
for i in 1 2 3 4 5 6 7 8; do
    format=$(python3 write.py "$URL" "$SEED$i" t)
    exits 0 ff --ordered --body --input-format "$format" t.csv >out
    jq -cS '[.index, .id, .method, .body, .meta]' out >got
    jq -cS . t.want >want
    diff -u want got >&9 || fail "table $i is read otherwise"
done
