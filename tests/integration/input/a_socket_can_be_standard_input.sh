server_start
list="/raw?text=$URL/%3Fa%0A$URL/%3Fb%0A"
exec 3<>"/dev/tcp/127.0.0.1/$PORT"
printf 'GET %s HTTP/1.1\r\nHost: x\r\n\r\n' "$list" >&3
exits 0 ff <&3 >out
holds "both are fetched" out 'length == 2 and all(.ok)'
