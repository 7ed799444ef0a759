# timeout: 120
need zsh
mkdir functions
("$FANFETCH" --help=table && "$FANFETCH" --help=keys) |
    "$TESTS/../scripts/completions" zsh >functions/_fanfetch
touch file1

# The case runs a zsh on a terminal, where Ctrl-X shows the line instead of
# running it.
cat >ask <<'ASK'
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=; fpath=($PWD/functions \$fpath)
autoload -Uz compinit; compinit -u -D
show() { print -r -- \"<\$BUFFER>\"; BUFFER= }
zle -N show; bindkey '^X' show; print rea''dy"
zpty -r shell text '*ready*'
while read -r line; do
    zpty -w -n shell "$line"$'\t\x18'
    zpty -r shell text '*<*>*'
    print -r -- "${${text#*<}%%>*}|"
done
ASK
TERM=xterm exits 0 timeout --foreground "$((100 * ${TIME_SCALE:-2}))" zsh -f ask <<'LINES'
fanfetch --progr
fanfetch --progress=al
fanfetch --progress al
fanfetch --body=te
fanfetch --output=fil
fanfetch -o fil
fanfetch fil
fanfetch --help=limit-p
fanfetch --tls-min 1.2 --no-decom
fanfetch --fields url,ela
fanfetch --format te
fanfetch --format '{url} {error.co
fanfetch --output-name={host}/{ind
fanfetch --help=sch
fanfetch -H @fil
LINES
