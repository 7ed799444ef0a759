/*
 * table.h - every option as one row: its name, what it takes, where the
 * value goes, what is allowed and what the help says.
 *
 * Parsing, defaults, range checks, help and completions all read these rows.
 * A new option is a row here and a paragraph in the man page.
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

/* What an option does with its value, and the type of the field in opts. */
enum opt_kind {
    OPT_NOTHING,  /* no value, no effect */
    OPT_ON,       /* no value; bool: true */
    OPT_OFF,      /* no value; bool: false, and true without the option */
    OPT_PICK,     /* no value; int or enum: .pick, which contradicts others */
    OPT_WORD,     /* int or enum: the one of .words */
    OPT_COUNT,    /* uint32_t: .min to .max */
    OPT_DURATION, /* int64_t, microseconds: .min, or 1 ms to .max */
    OPT_SIZE,     /* int64_t, bytes: .min to .max; -1 without the option */
    OPT_RATE,     /* double, per second */
    OPT_TEXT,     /* const char *, borrowed from argv */
    OPT_TEXTS,    /* struct strings, borrowed: each use adds one */
    OPT_LIST,     /* struct strings: split at commas */
    OPT_STATUSES, /* struct ranges *: 100 to 999 */
    OPT_TOKEN,    /* as OPT_TEXT, but @FILE holds it */
    OPT_HEADER,   /* struct strings: as OPT_TEXTS, but @FILE adds its lines */
    OPT_DATA,     /* data, data_len: a piece of it (data.h) */
    OPT_DATA_BINARY,
    OPT_DATA_RAW,
    OPT_DATA_URLENCODE,
    OPT_FORM, /* form: a part of it (form_option.h) */
    OPT_FORM_STRING,
    OPT_JSON,  /* the same, nothing between, and data_is_json */
    OPT_CERT,  /* cert and cert_password */
    OPT_SHARD, /* shard_k and shard_n */
    OPT_HELP,
    OPT_VERSION,
};

/* One of the values of an OPT_WORD. */
struct opt_word {
    const char *name; /* NULL ends the list */
    int value;        /* of the enum */
};

struct opt_row {
    const char *name; /* without its dashes */
    char letter;      /* 0: none */
    bool is_common;   /* in the short help, too, which is a screen */
    bool is_secret;   /* its value never appears in a message */
    bool is_optional; /* the value may be left out, and comes after a "=" */
    enum opt_kind kind;
    enum opt_section section;
    size_t offset;                /* of the field in struct opts */
    size_t also;                  /* of a bool that is set, too; 0: none */
    int pick;                     /* OPT_PICK: what is stored */
    int64_t min, max;             /* inclusive, in the field's unit */
    const char *initial;          /* default as one would type it, or NULL */
    const char *implied;          /* for an optional value that is left out */
    const struct opt_word *words; /* OPT_WORD; of OPT_COUNT: words that stand
                                     for a number, or NULL */
    bool (*is_valid)(const char *text); /* what more to check, or NULL */
    const char *must;      /* "--name must be ...": where is_valid says no */
    const char *arg;       /* what the help calls the value, NULL: takes none */
    const char *completes; /* what completes its value, where the rest of the
                              row does not tell: "file", "template" */
    const char *help;      /* one line; no capital, no full stop */
    const char *place; /* "FILE:LINE: ", in a copy that is used for a line of
                          a configuration file; NULL */
    const char *more;  /* further sentences for --help OPTION, or NULL */
};

extern const struct opt_row table_rows[];
extern const size_t table_nrows;

/* "Connector", "Retry and pace". */
const char *table_section_name(enum opt_section section);

/* The row of a long name or of a letter; NULL where there is none. */
const struct opt_row *table_find(const char *name);
const struct opt_row *table_find_letter(int letter);

/* The name that was probably meant, since it is spelled almost alike; NULL
 * where none is near. */
const char *table_suggest(const char *name);

/* Append what a value must be: "0 to 1000000", "auto, lines or jsonl". */
void table_describe_value(struct buf *out, const struct opt_row *row);

#endif /* TABLE_H */
