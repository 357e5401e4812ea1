/* Whether each line of standard input is one JSON object, by RFC 8259 to the letter: UTF-8 without surrogates, no control
 * characters, no number that begins with 0, no name twice in an object, and a line feed at the end of the last line too. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *at;

static int value(int depth);

static void
blanks(void)
{
    while (*at == ' ' || *at == '\t' || *at == '\r') {
        at++;
    }
}

static int
hex4(unsigned *code)
{
    char digits[5] = {0};

    strncpy(digits, at, 4);
    if (strspn(digits, "0123456789abcdefABCDEF") != 4) {
        return 0;
    }
    *code = (unsigned)strtoul(digits, NULL, 16);
    at += 4;
    return 1;
}

static int
escape(void)
{
    unsigned code, low;

    if (*at != 'u') {
        return *at != '\0' && strchr("\"\\/bfnrt", *at++) != NULL;
    }
    at++;
    if (!hex4(&code) || (code & 0xfc00) == 0xdc00) {
        return 0;
    }
    if ((code & 0xfc00) != 0xd800) {
        return 1;
    }
    return *at++ == '\\' && *at++ == 'u' && hex4(&low) && (low & 0xfc00) == 0xdc00;
}

/* One character in UTF-8, the shortest way and no surrogate. */
static int
character(void)
{
    const unsigned char *bytes = (const unsigned char *)at;
    int more = bytes[0] < 0x80                       ? 0
               : bytes[0] >= 0xc2 && bytes[0] < 0xe0 ? 1
               : bytes[0] >= 0xe0 && bytes[0] < 0xf0 ? 2
               : bytes[0] >= 0xf0 && bytes[0] < 0xf5 ? 3
                                                     : -1;
    int i;

    if (more < 0 || bytes[0] < 0x20 || (bytes[0] == 0xe0 && bytes[1] < 0xa0) || (bytes[0] == 0xed && bytes[1] > 0x9f) ||
        (bytes[0] == 0xf0 && bytes[1] < 0x90) || (bytes[0] == 0xf4 && bytes[1] > 0x8f)) {
        return 0;
    }
    for (i = 1; i <= more; i++) {
        if ((bytes[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    at += more + 1;
    return 1;
}

static int
string(void)
{
    if (*at++ != '"') {
        return 0;
    }
    while (*at != '"') {
        if (*at == '\\' ? (at++, !escape()) : !character()) {
            return 0;
        }
    }
    at++;
    return 1;
}

static int
digits(void)
{
    size_t length = strspn(at, "0123456789");

    at += length;
    return length > 0;
}

static int
number(void)
{
    at += *at == '-';
    if (*at == '0' ? (at++, 0) : !digits()) {
        return 0;
    }
    if (*at == '.' && (at++, !digits())) {
        return 0;
    }
    if (*at == 'e' || *at == 'E') {
        at++;
        at += *at == '+' || *at == '-';
        return digits();
    }
    return 1;
}

static int
word(const char *text)
{
    int is_there = strncmp(at, text, strlen(text)) == 0;

    at += is_there ? strlen(text) : 0;
    return is_there;
}

/* The items of an array, or with names those of an object. */
static int
items(int depth, char end)
{
    const char *names[32];
    size_t lengths[32], count = 0, i;

    at++;
    blanks();
    if (*at == end) {
        at++;
        return 1;
    }
    for (;; at++) {
        blanks();
        if (end == '}') {
            const char *name = at;

            if (!string() || count == 32) {
                return 0;
            }
            for (i = 0; i < count; i++) {
                if (lengths[i] == (size_t)(at - name) && strncmp(names[i], name, lengths[i]) == 0) {
                    return 0;
                }
            }
            names[count] = name;
            lengths[count++] = (size_t)(at - name);
            blanks();
            if (*at++ != ':') {
                return 0;
            }
            blanks();
        }
        if (!value(depth + 1)) {
            return 0;
        }
        blanks();
        if (*at != ',') {
            return *at++ == end;
        }
    }
}

static int
value(int depth)
{
    switch (*at) {
    case '{': return depth < 32 && items(depth, '}');
    case '[': return depth < 32 && items(depth, ']');
    case '"': return string();
    case 't': return word("true");
    case 'f': return word("false");
    case 'n': return word("null");
    default: return number();
    }
}

int
main(void)
{
    static char line[1 << 20];
    int lines = 0;

    while (fgets(line, sizeof line, stdin) != NULL) {
        size_t length = strlen(line);

        lines++;
        if (length == 0 || line[length - 1] != '\n') {
            printf("line %d has no end\n", lines);
            return 1;
        }
        line[length - 1] = '\0';
        at = line;
        if (*at != '{' || !value(0) || *at != '\0') {
            printf("line %d is wrong at its byte %d: %s\n", lines, (int)(at - line), line);
            return 1;
        }
    }
    return lines == 0;
}
