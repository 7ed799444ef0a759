dnsmasq_start --host-record=four.test,127.0.0.1 --host-record=six.test,::1
exits 1 ff -6 --dns-servers "$DNS" http://four.test/ >out
holds "no address" out '.[0].error | .class == "dns" and .code == "not_found"'
exits 1 ff -4 --dns-servers "$DNS" http://six.test/ >out
holds "no address" out '.[0].error | .class == "dns" and .code == "not_found"'
