need readelf
sanitized && skip "sanitizers replace these protections"
readelf -hW "$FANFETCH" >header
check "position-independent" grep -q 'Type: *DYN' header
readelf -dW "$FANFETCH" >dynamic
check "relocations are bound at the start" grep -q 'BIND_NOW\|FLAGS.* NOW' \
    dynamic
check "no library path of its own" test "$(grep -c 'RPATH\|RUNPATH' dynamic)" \
    -eq 0
readelf -lW "$FANFETCH" >segments
check "relocations are read-only after the start" grep -q GNU_RELRO segments
check "no stack is executable" grep -q 'GNU_STACK.* RW ' segments
readelf -sW --dyn-syms "$FANFETCH" >symbols
check "stack protector" grep -q __stack_chk_fail symbols
check "fortified" grep -q '__[a-z]*printf_chk' symbols
check "not setuid" test ! -u "$FANFETCH"
