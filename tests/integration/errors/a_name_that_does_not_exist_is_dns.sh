# .invalid is reserved never to exist; a resolver is asked, or there is none.
exits 1 ff -m 20 http://no-such-host.invalid/ >out
jq -c '[.error.class, .error.phase, .status_code, .remote_ip]' out
