"""Fetch a list of URLs with aiohttp, 100 at a time: the peer's usual script."""
import asyncio
import sys

import aiohttp


async def worker(session, urls, counts):
    for url in urls:
        async with session.get(url, ssl=SSL) as response:
            await response.read()
            counts[response.status] = counts.get(response.status, 0) + 1


async def main(path, nworkers):
    counts = {}
    connector = aiohttp.TCPConnector(limit=nworkers)
    with open(path, encoding="ascii") as lines:
        urls = (line.strip() for line in lines)
        async with aiohttp.ClientSession(connector=connector) as session:
            await asyncio.gather(
                *(worker(session, urls, counts) for _ in range(nworkers)))
    print(counts)


SSL = None
if len(sys.argv) > 3:
    import ssl
    SSL = ssl.create_default_context(cafile=sys.argv[3])
asyncio.run(main(sys.argv[1], int(sys.argv[2])))
