/*
 * charset_tables.h - the labels and the tables of the Encoding Standard, as
 * scripts/make-charset-tables has written them to charset_tables.c.
 */
#ifndef CHARSET_TABLES_H
#define CHARSET_TABLES_H

#include "base/base.h"

#include <uchar.h>

/* Longest label, and NUL. */
#define CHARSET_LABEL_BYTES 20

enum charset {
    CHARSET_UTF_8, /* also what is declared by no label that is known */
    CHARSET_UTF_16BE,
    CHARSET_UTF_16LE,
    CHARSET_REPLACEMENT,
    CHARSET_X_USER_DEFINED,
    CHARSET_GB18030, /* GBK is read alike */
    CHARSET_BIG5,
    CHARSET_EUC_JP,
    CHARSET_ISO_2022_JP,
    CHARSET_SHIFT_JIS,
    CHARSET_EUC_KR,
    CHARSET_SINGLE_BYTE, /* and that of charset_single[0] */
};

/* In the order of the labels' bytes, for bsearch(). */
struct charset_label {
    char text[CHARSET_LABEL_BYTES]; /* lower case */
    unsigned char charset;          /* CHARSET_SINGLE_BYTE + N: the Nth table */
};
extern const struct charset_label charset_labels[];
extern const size_t charset_nlabels;

/* Of the bytes from 0x80 to 0xff; 0: there is none. */
extern const char16_t *const charset_single[];
extern const size_t charset_nsingle;

/* By the standard's pointers; 0: there is none. */
struct charset_index {
    const char16_t *codes;
    size_t ncodes;
};
extern const struct charset_index charset_jis0208, charset_jis0212,
    charset_euc_kr, charset_gb18030, charset_big5;

/* Is the code point at this pointer of charset_big5 in plane 2? */
extern const unsigned char charset_big5_plane2[]; /* a bit for each */

/* Where in gb18030's four-byte codes runs of code points begin. */
struct charset_range {
    uint32_t pointer, code;
};
extern const struct charset_range charset_gb18030_ranges[];
extern const size_t charset_gb18030_nranges;

#endif /* CHARSET_TABLES_H */
