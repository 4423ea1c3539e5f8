/* text_check.c - is this plain text at all?
 *
 * Whatever is not is said here once, with its place, so that the YAML reader only ever sees what
 * its own character set allows (YAML 1.1, section 5.1).
 */
#include "text_check.h"

#include <string.h>

#include "../base/utf8.h"

/* Line breaks that no editor shows as such; libyaml counts them as lines. */
static bool is_odd_break(uint32_t code)
{
    return code == 0x85 || code == 0x2028 || code == 0x2029;
}

static bool is_allowed(uint32_t code)
{
    if (code < 0x20)
        return code == '\t' || code == '\n' || code == '\r';
    return !(code >= 0x7F && code < 0xA0) && !is_odd_break(code) && code != 0xFEFF &&
           code != 0xFFFE && code != 0xFFFF && code != UTF8_INVALID;
}

static bool begins(const struct source *source, const char *bytes, size_t count)
{
    return source->length >= count && memcmp(source->text, bytes, count) == 0;
}

/* Faults of the file as a whole that its first bytes tell. */
static bool check_kind(const struct source *source, oh_diags *diags)
{
    struct span whole = {.source = source};
    if (begins(source, "\xFF\xFE", 2) || begins(source, "\xFE\xFF", 2)) {
        finding(diags, CODE_E103, whole, "this file is UTF-16 text");
        finding_hint(diags, "save it as UTF-8");
        return false;
    }
    if (begins(source, "PK\x03\x04", 4)) {
        finding(diags, CODE_E103, whole,
                "this is a packed file (zip, Excel or the like), not text");
        return false;
    }
    return true;
}

static void fault(struct span at, uint32_t code, unsigned byte, oh_diags *diags)
{
    if (code == UTF8_INVALID) {
        finding(diags, CODE_E103, at, "this byte (0x%02X) is not part of any UTF-8 character",
                byte);
        finding_hint(diags, "save the file as UTF-8");
    } else if (code == 0) {
        finding(diags, CODE_E103, at, "this is not a text file: it holds a zero byte");
        finding_hint(diags, "if it is text, save it as UTF-8");
    } else if (is_odd_break(code)) {
        finding(diags, CODE_E103, at, "an unusual line break (U+%04X) stands here", (unsigned)code);
        finding_hint(diags, "delete it and press Enter, or put a space there");
    } else {
        finding(diags, CODE_E103, at, "an invisible character (U+%04X) stands here",
                (unsigned)code);
        finding_hint(diags, "delete it");
    }
}

bool text_check(const struct source *source, oh_diags *diags)
{
    if (!check_kind(source, diags))
        return false;
    struct span at = {.source = source, .line = 1, .column = 1};
    size_t i = begins(source, "\xEF\xBB\xBF", 3) ? 3 : 0;
    while (i < source->length) {
        uint32_t code;
        size_t bytes = utf8_read(source->text + i, source->length - i, &code);
        if (!is_allowed(code)) {
            fault(at, code, (unsigned char)source->text[i], diags);
            return false;
        }
        i += bytes;
        bool crlf = code == '\r' && i < source->length && source->text[i] == '\n';
        if ((code == '\n' || code == '\r') && !crlf) {
            at.line++;
            at.column = 1;
        } else {
            at.column++;
        }
    }
    return true;
}

bool text_check_scalar(struct span span, const char *text, size_t length, oh_diags *diags)
{
    for (size_t i = 0; i < length;) {
        uint32_t code;
        i += utf8_read(text + i, length - i, &code);
        if (!is_allowed(code) && !is_odd_break(code)) {
            finding(diags, CODE_E103, span, "an escape makes an invisible character (U+%04X) here",
                    (unsigned)code);
            finding_hint(diags, "leave it out; for a backslash write two of them");
            return false;
        }
    }
    return true;
}
