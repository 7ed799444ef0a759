/*
 * decoder.h - the memory of libcurl's decoders for content encodings.
 *
 * gzip needs 32 KiB, brotli 16 MiB at most.  zstd would take what the
 * response asks for, so its window is bounded here.
 */
#ifndef DECODER_H
#define DECODER_H

/* Once per process.  All it does is to have decoder.c linked in. */
void decoder_init(void);

#endif /* DECODER_H */
