/* utf8.c - characters of UTF-8 text, valid or not. */
#include "utf8.h"

#include <string.h>

static unsigned char byte_at(const char *text, size_t i)
{
    return (unsigned char)text[i];
}

size_t utf8_read(const char *text, size_t length, uint32_t *code)
{
    *code = UTF8_INVALID;
    if (length == 0)
        return 0;
    unsigned char first = byte_at(text, 0);
    if (first < 0x80) {
        *code = first;
        return 1;
    }

    size_t bytes = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || bytes > length)
        return 1;
    uint32_t value = first & (0x7Fu >> bytes);
    for (size_t i = 1; i < bytes; i++) {
        if ((byte_at(text, i) & 0xC0) != 0x80)
            return 1;
        value = value << 6 | (byte_at(text, i) & 0x3F);
    }

    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    if (value < least[bytes] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 1;
    *code = value;
    return bytes;
}

size_t utf8_write(char bytes[4], uint32_t code)
{
    if (code < 0x80) {
        bytes[0] = (char)code;
        return 1;
    }
    size_t count = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = count - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    static const unsigned lead[5] = {0, 0, 0xC0, 0xE0, 0xF0};
    bytes[0] = (char)(lead[count] | code);
    return count;
}

struct range {
    uint32_t from, to;
};

static bool in_ranges(uint32_t code, const struct range *ranges, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (code >= ranges[i].from && code <= ranges[i].to)
            return true;
    return false;
}

unsigned utf8_width(uint32_t code)
{
    static const struct range none[] = {
        {0x0300, 0x036F}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}};
    static const struct range wide[] = {
        {0x1100, 0x115F},   {0x2E80, 0xA4CF},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
        {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
    };
    if (code < 0x0300)
        return 1;
    if (in_ranges(code, none, sizeof none / sizeof *none))
        return 0;
    return in_ranges(code, wide, sizeof wide / sizeof *wide) ? 2 : 1;
}

bool utf8_is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF || code == 0xFFFE ||
           code == 0xFFFF || code == UTF8_INVALID;
}

/* What stands for a control character: the Unicode pictures U+2400 and on, or U+FFFD. */
static uint32_t visible(uint32_t code)
{
    if (!utf8_is_control(code))
        return code;
    return code < 0x20 ? 0x2400 + code : code == 0x7F ? 0x2421 : 0xFFFD;
}

size_t utf8_show(char *buffer, size_t size, const char *text, size_t length)
{
    size_t used = 0, whole = 0; /* whole: where to cut so that "..." still fits */
    for (size_t at = 0; at < length;) {
        uint32_t code;
        char bytes[4];
        at += utf8_read(text + at, length - at, &code);
        size_t count = utf8_write(bytes, visible(code));
        if (used + count >= size) {
            memcpy(buffer + whole, "...", 3);
            used = whole + 3;
            break;
        }
        memcpy(buffer + used, bytes, count);
        used += count;
        if (used + 3 < size)
            whole = used;
    }
    buffer[used] = '\0';
    return used;
}
