/*
 * md5.h - MD5 as hex digits, for digest authentication alone.
 */
#ifndef SERVER_MD5_H
#define SERVER_MD5_H

enum { MD5_HEX = 33 }; /* room for 32 digits and a NUL */

/* Hash a string, or formatted text of at most 8 KiB. */
void md5_hex(char *out, const char *text);
void md5_hexf(char *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif /* SERVER_MD5_H */
