/*
 * table.h - the table of options: name, value, field, range, default and help.
 *
 * Parsing, defaults, range checks, help and completions all use these rows.  A
 * new option is a row here and a paragraph in the man page.
 */
#ifndef TABLE_H
#define TABLE_H

#include "base/base.h"

struct buf;

/* The groups of --help and of the man page, in this order. */
enum opt_section {
    SECTION_CONNECTOR,
    SECTION_TIMEOUTS,
    SECTION_REQUEST,
    SECTION_RETRY,
    SECTION_RESULT,
    SECTION_INPUT,
    SECTION_SAFETY,
    SECTION_MESSAGES,
};
#define NSECTIONS 8

/* What an option does with its value, and the type of its field in opts. */
enum opt_kind {
    OPT_NOTHING,  /* no value, no effect */
    OPT_ON,       /* no value; bool: true */
    OPT_OFF,      /* no value; bool: false, and true by default */
    OPT_PICK,     /* no value; int or enum: stores .pick; excludes others of the
                     field */
    OPT_WORD,     /* int or enum: one of .words */
    OPT_COUNT,    /* uint32_t: .min to .max */
    OPT_DURATION, /* int64_t, microseconds: .min, or 1 ms to .max */
    OPT_SIZE,     /* int64_t, bytes: .min to .max; -1 by default */
    OPT_RATE,     /* double, per second */
    OPT_TEXT,     /* const char *, borrowed from argv */
    OPT_TEXTS,    /* struct strings, borrowed; each use adds one */
    OPT_LIST,     /* struct strings: split at commas */
    OPT_STATUSES, /* struct ranges *: 100 to 999 */
    OPT_TOKEN,    /* like OPT_TEXT; @FILE reads it from a file */
    OPT_HEADER,   /* like OPT_TEXTS; @FILE adds the lines of a file */
    OPT_DATA,     /* data, data_len: adds a piece (data.h) */
    OPT_DATA_BINARY,
    OPT_DATA_RAW,
    OPT_DATA_URLENCODE,
    OPT_FORM, /* form: adds a part (form_option.h) */
    OPT_FORM_STRING,
    OPT_JSON, /* like OPT_DATA, joined without a separator; sets data_is_json */
    OPT_CERT, /* cert and cert_password */
    OPT_SHARD, /* shard_k and shard_n */
    OPT_HELP,
    OPT_VERSION,
};

/* A value of an OPT_WORD. */
struct opt_word {
    const char *name; /* NULL ends the list */
    int value;        /* of the enum */
};

struct opt_row {
    const char *name; /* without its dashes */
    char letter;      /* 0: none */
    bool is_common;   /* shown in the short help */
    bool is_secret;   /* its value is never shown in a message */
    bool is_optional; /* the value may be left out, and is given with "=" */
    enum opt_kind kind;
    enum opt_section section;
    size_t offset;                /* of its field in struct opts */
    size_t also;                  /* of a bool that is set as well; 0: none */
    int pick;                     /* for OPT_PICK: the value stored */
    int64_t min, max;             /* inclusive, in the field's unit */
    const char *initial;          /* default as a user would type it, or NULL */
    const char *implied;          /* the value if an optional one is left out */
    const struct opt_word *words; /* for OPT_WORD; for OPT_COUNT words that
                                     stand for numbers, or NULL */
    bool (*is_valid)(const char *text); /* a further check, or NULL */
    const char *must; /* "--name must be ...": the message if is_valid fails */
    const char *arg;  /* the value's name in the help; NULL: takes no value */
    const char *completes; /* how its value is completed, if the row does not
                              say: "file", "template" */
    const char *help;      /* one line; no capital, no full stop */
    const char *place; /* "FILE:LINE: " in a row's copy used for a configuration
                          file; NULL */
    const char *more;  /* further sentences for --help OPTION, or NULL */
};

extern const struct opt_row table_rows[];
extern const size_t table_nrows;

/* "Connector", "Retry and pace". */
const char *table_section_name(enum opt_section section);

/* The row of a long name or letter, or NULL. */
const struct opt_row *table_find(const char *name);
const struct opt_row *table_find_letter(int letter);

/* The similarly spelled name that was probably meant, or NULL. */
const char *table_suggest(const char *name);

/* Append a description of valid values: "0 to 1000000", "auto, lines or
 * jsonl". */
void table_describe_value(struct buf *out, const struct opt_row *row);

#endif /* TABLE_H */
