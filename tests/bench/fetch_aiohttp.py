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


async def fetch(session, number, url, options):
    method = "GET" if options.body is None else "POST"
    async with session.request(method, url, ssl=options.ssl,
                               data=options.body) as response:
        if options.big or options.save:
            await take_body(
                response,
                options.save and os.path.join(options.save, str(number)))
        else:
            await response.read()
        return response.status


async def work(session, urls, options, counts):
    for number, url in urls:
        try:
            status = await fetch(session, number, url, options)
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            status = type(error).__name__
        counts[status] = counts.get(status, 0) + 1


async def main(options):
    counts = {}
    connector = aiohttp.TCPConnector(limit=options.limit)
    timeout = aiohttp.ClientTimeout(total=options.timeout)
    with open(options.list, encoding="ascii") as lines:
        urls = enumerate(line.strip() for line in lines)
        async with aiohttp.ClientSession(connector=connector,
                                         timeout=timeout) as session:
            await asyncio.gather(
                *(work(session, urls, options, counts)
                  for _ in range(options.limit)))
    print(counts)


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("list")
parser.add_argument("--limit", type=int, default=100)
parser.add_argument("--cafile", help="authorities to verify servers with")
parser.add_argument("--big", action="store_true", help="read bodies in pieces")
parser.add_argument("--timeout", type=float, default=300)
parser.add_argument("--post", metavar="FILE", help="the body of POSTs")
parser.add_argument("--save", metavar="DIR", help="keep bodies there")
args = parser.parse_args()
args.ssl = ssl.create_default_context(cafile=args.cafile) if args.cafile \
    else None
args.body = None
if args.post:
    with open(args.post, "rb") as the_file:
        args.body = the_file.read()
asyncio.run(main(args))
