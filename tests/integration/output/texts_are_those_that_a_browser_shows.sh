server_start
cat >list <<END
$URL/raw?text=HTTP/1.0%20200%20k%0d%0aContent-Type:text/html;charset=iso-8859-1%0d%0a%0d%0a%93x%94
$URL/raw?text=HTTP/1.0%20200%20k%0d%0aContent-Type:text/html;charset=euc-jp%0d%0a%0d%0a%ad%a1%c6%fc%cb%dc%b8%ec
$URL/raw?text=HTTP/1.0%20200%20k%0d%0aContent-Type:text/html;charset=windows-1255%0d%0a%0d%0ax%e0%fby
$URL/raw?text=HTTP/1.0%20200%20k%0d%0aContent-Type:text/html;charset=iso-8859-1%0d%0a%0d%0a%ef%bb%bf%c3%a9
$URL/raw?text=HTTP/1.0%20200%20k%0d%0a%0d%0a%ff%fe%e5e,g
$URL/raw?text=HTTP/1.0%20200%20k%0d%0aContent-Type:text/html;charset=ms932%0d%0a%0d%0a%87%40%81A%fdB
END
ff --ordered --body=text list >lines
holds "the texts" lines '[.[].body] == ["\u201cx\u201d",
    "\u2460\u65e5\u672c\u8a9e", "x\u05d0\ufffdy", "\u00e9", "\u65e5\u672c",
    "\u2460\u3001\ufffdB"]'
