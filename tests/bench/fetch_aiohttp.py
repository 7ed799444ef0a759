"""Fetch a list of URLs with aiohttp: the script that one would write."""
import argparse
import asyncio
import os
import ssl

import aiohttp

CHUNK_BYTES = 256 * 1024


async def take_body(response, path):
    """Read the body in pieces, into a file unless path is None."""
    if path is None:
        async for _ in response.content.iter_chunked(CHUNK_BYTES):
            pass
        return
    with open(path, "wb") as file:
        async for chunk in response.content.iter_chunked(CHUNK_BYTES):
            file.write(chunk)


async def work(session, urls, options, counts):
    for number, url in urls:
        async with session.get(url, ssl=options.ssl) as response:
            if options.big or options.save:
                await take_body(
                    response,
                    options.save and os.path.join(options.save, str(number)))
            else:
                await response.read()
            counts[response.status] = counts.get(response.status, 0) + 1


async def main(options):
    counts = {}
    connector = aiohttp.TCPConnector(limit=options.limit)
    with open(options.list, encoding="ascii") as lines:
        urls = enumerate(line.strip() for line in lines)
        async with aiohttp.ClientSession(connector=connector) as session:
            await asyncio.gather(
                *(work(session, urls, options, counts)
                  for _ in range(options.limit)))
    print(counts)


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("list")
parser.add_argument("--limit", type=int, default=100)
parser.add_argument("--cafile", help="authorities to verify servers with")
parser.add_argument("--big", action="store_true", help="read bodies in pieces")
parser.add_argument("--save", metavar="DIR", help="keep bodies there")
args = parser.parse_args()
args.ssl = ssl.create_default_context(cafile=args.cafile) if args.cafile \
    else None
asyncio.run(main(args))
