own_network "$@"
# Three cases: there is no route, a router says so, or no machine has the
# address.
ip route add unreachable 198.19.0.0/24
exits 1 ff http://192.0.2.1/ http://198.19.0.1/ http://198.18.0.3/ >out
holds "an error to connect" out 'length == 3 and all(.error |
    .class == "connect" and .code == "unreachable" and .phase == "connect")'
