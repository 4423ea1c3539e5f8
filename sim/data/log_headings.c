/* log_headings.c - a heading is cut into words, the words that say nothing are left out, and the
 * rest must be one of the table, word by word.
 */
#include "log_headings.h"

#include <string.h>
#include <strings.h>

enum { LONGEST = 80, WORD = 24 };

/* In the order in which they are preferred, for each field. */
static const struct {
    enum log_field field;
    const char *words;
} usual[] = {
    {FIELD_ARRIVED, "interval start"},
    {FIELD_ARRIVED, "interval start time"},
    {FIELD_ARRIVED, "start time"},
    {FIELD_ARRIVED, "start"},
    {FIELD_ARRIVED, "start interval"},
    {FIELD_ARRIVED, "interval begin"},
    {FIELD_ARRIVED, "interval starting"},
    {FIELD_ARRIVED, "interval time"},
    {FIELD_ARRIVED, "time interval"},
    {FIELD_ARRIVED, "interval"},
    {FIELD_ARRIVED, "half hour"},
    {FIELD_ARRIVED, "period"},
    {FIELD_ARRIVED, "begin"},
    {FIELD_ARRIVED, "from"},
    {FIELD_ARRIVED, "date time"},
    {FIELD_ARRIVED, "datetime"},
    {FIELD_ARRIVED, "timestamp"},
    {FIELD_ARRIVED, "time"},
    {FIELD_ARRIVED, "time day"},
    {FIELD_ARRIVED, "hour"},
    {FIELD_DATE, "date"},
    {FIELD_DATE, "interval date"},
    {FIELD_DATE, "report date"},
    {FIELD_DATE, "day"},
    {FIELD_QUEUE, "queue"},
    {FIELD_QUEUE, "queue name"},
    {FIELD_QUEUE, "csq"},
    {FIELD_QUEUE, "csq name"},
    {FIELD_QUEUE, "skill"},
    {FIELD_QUEUE, "skill name"},
    {FIELD_QUEUE, "skill group"},
    {FIELD_QUEUE, "split"},
    {FIELD_QUEUE, "split name"},
    {FIELD_QUEUE, "split skill"},
    {FIELD_QUEUE, "vdn"},
    {FIELD_QUEUE, "type"},
    {FIELD_QUEUE, "workgroup"},
    {FIELD_QUEUE, "hunt group"},
    {FIELD_QUEUE, "line business"},
    {FIELD_QUEUE, "campaign"},
    {FIELD_OFFERED, "offered"},
    {FIELD_OFFERED, "acd offered"},
    {FIELD_OFFERED, "presented"},
    {FIELD_OFFERED, "received"},
    {FIELD_OFFERED, "entered"},
    {FIELD_OFFERED, "incoming"},
    {FIELD_OFFERED, "inbound"},
    {FIELD_OFFERED, "nco"},
    {FIELD_OFFERED, "volume"},
    {FIELD_OFFERED, ""}, /* "Calls", "Total contacts" */
    {FIELD_ANSWERED, "answered"},
    {FIELD_ANSWERED, "handled"},
    {FIELD_ANSWERED, "acd"},
    {FIELD_ANSWERED, "nch"},
    {FIELD_ANSWERED, "connected"},
    {FIELD_ANSWERED, "ans"},
    {FIELD_ANSWERED, "taken"},
    {FIELD_ABANDONED, "abandoned"},
    {FIELD_ABANDONED, "abandons"},
    {FIELD_ABANDONED, "abandon"},
    {FIELD_ABANDONED, "abandonments"},
    {FIELD_ABANDONED, "aband"},
    {FIELD_ABANDONED, "aban"},
    {FIELD_ABANDONED, "abn"},
    {FIELD_ABANDONED, "lost"},
    {FIELD_ABANDONED, "missed"},
    {FIELD_ABANDONED, "hung up"},
    {FIELD_ASA, "asa"},
    {FIELD_ASA, "avg speed answer"},
    {FIELD_ASA, "avg speed ans"},
    {FIELD_ASA, "avg answer time"},
    {FIELD_ASA, "avg time answer"},
    {FIELD_ASA, "avg answer speed"},
    {FIELD_AHT, "aht"},
    {FIELD_AHT, "avg handle time"},
    {FIELD_AHT, "avg handle"},
    {FIELD_AHT, "acht"},
    {FIELD_TALK, "avg talk time"},
    {FIELD_TALK, "avg talk"},
    {FIELD_TALK, "avg acd time"},
    {FIELD_TALK, "att"},
    {FIELD_HOLD, "avg hold time"},
    {FIELD_HOLD, "avg hold"},
    {FIELD_WRAP_UP, "avg acw time"},
    {FIELD_WRAP_UP, "avg acw"},
    {FIELD_WRAP_UP, "avg after work"},
    {FIELD_WRAP_UP, "avg after work time"},
    {FIELD_WRAP_UP, "avg wrap up time"},
    {FIELD_WRAP_UP, "avg wrap up"},
    {FIELD_WRAP_UP, "avg wrap time"},
    {FIELD_WRAP_UP, "avg wrap"},
    {FIELD_ABANDON_WAIT, "avg abandon time"},
    {FIELD_ABANDON_WAIT, "avg time abandon"},
    {FIELD_ABANDON_WAIT, "avg abandoned time"},
    {FIELD_ABANDON_WAIT, "avg aban time"},
    {FIELD_ABANDON_WAIT, "avg abandon wait"},
    {FIELD_ABANDON_WAIT, "avg abandon wait time"},
    {FIELD_ABANDON_WAIT, "ata"},
    {FIELD_AGENTS, "agents"},
    {FIELD_AGENTS, "staffed"},
    {FIELD_AGENTS, "agents staffed"},
    {FIELD_AGENTS, "staffed agents"},
    {FIELD_AGENTS, "avg agents"},
    {FIELD_AGENTS, "avg staffed"},
    {FIELD_AGENTS, "avg agents staffed"},
    {FIELD_AGENTS, "avg staffed agents"},
    {FIELD_AGENTS, "avg positions staffed"},
    {FIELD_AGENTS, "avg pos staff"},
    {FIELD_AGENTS, "positions staffed"},
    {FIELD_AGENTS, "agents logged in"},
    {FIELD_AGENTS, "avg agents logged in"},
    {FIELD_AGENTS, "logged in agents"},
    {FIELD_AGENTS, "agents on duty"},
    {FIELD_SERVICE_LEVEL, "service level"},
    {FIELD_SERVICE_LEVEL, "sl"},
    {FIELD_SERVICE_LEVEL, "svl"},
    {FIELD_SERVICE_LEVEL, "sla"},
    {FIELD_SERVICE_LEVEL, "tsf"},
    {FIELD_SERVICE_LEVEL, "within service level"},
    {FIELD_SERVICE_LEVEL, "within sl"},
    {FIELD_SERVICE_LEVEL, "in sl"},
};
enum { USUAL = sizeof usual / sizeof *usual };

struct heading {
    char words[LONGEST];
    size_t used;
    bool calls;   /* a word for calls was left out */
    bool percent; /* a share */
    double scale;
};

static bool is_one_of(const char *word, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

static bool is_minutes(const char *word)
{
    static const char *const minutes[] = {"min", "mins", "minute", "minutes", NULL};
    return is_one_of(word, minutes);
}

static void take_word(struct heading *h, const char *word)
{
    static const char *const calls[] = {"call",    "calls",       "contact",      "contacts",
                                        "inquiry", "interaction", "interactions", NULL};
    static const char *const empty[] = {"number", "no",    "nr", "of", "to",
                                        "the",    "total", "a",  NULL};
    static const char *const share[] = {"percent", "pct", "percentage", "rate", "ratio", NULL};
    static const char *const seconds[] = {"s", "sec", "secs", "second", "seconds", NULL};
    static const struct {
        const char *word, *means;
    } same[] = {{"average", "avg"},       {"mean", "avg"},     {"handling", "handle"},
                {"hand", "handle"},       {"waiting", "wait"}, {"queues", "queue"},
                {"intervals", "interval"}};
    if (is_one_of(word, calls)) {
        h->calls = true;
        return;
    }
    if (is_one_of(word, share))
        h->percent = true;
    if (is_minutes(word))
        h->scale = 60;
    if (is_one_of(word, empty) || is_one_of(word, share) || is_one_of(word, seconds) ||
        is_minutes(word))
        return;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (strcmp(word, same[i].word) == 0)
            word = same[i].means;
    if (h->used + strlen(word) + 2 > sizeof h->words)
        return;
    if (h->used > 0)
        h->words[h->used++] = ' ';
    strcpy(h->words + h->used, word);
    h->used += strlen(word);
}

/* In brackets stands a unit: "(hh:mm:ss)", "[min]", "(%)". */
static const char *skip_unit(struct heading *h, const char *p)
{
    const char *end = p + 1 + strcspn(p + 1, ")]");
    char word[WORD] = "";
    size_t n = strspn(p + 1, " ");
    p += 1 + n;
    for (n = 0; p < end && n + 1 < sizeof word && *p != ' '; p++)
        word[n++] = (char)(*p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p);
    h->percent = h->percent || strchr(word, '%');
    if (is_minutes(word))
        h->scale = 60;
    return *end ? end + 1 : end;
}

static struct heading heading_of(const char *text)
{
    struct heading h = {.scale = 1};
    char word[WORD];
    size_t n = 0;
    for (const char *p = text;; p++) {
        char c = (char)(*p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p);
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c > 127;
        if (letter && n + 1 < sizeof word) {
            word[n++] = c;
            continue;
        }
        word[n] = '\0';
        if (n > 0)
            take_word(&h, word);
        n = 0;
        h.percent = h.percent || c == '%';
        if (c == '(' || c == '[')
            p = skip_unit(&h, p) - 1;
        if (!*p)
            return h;
    }
}

int log_heading_likeness(enum log_field field, const char *heading, double *scale)
{
    struct heading h = heading_of(heading);
    bool level = field == FIELD_SERVICE_LEVEL;
    if ((h.percent && !level) || (h.used == 0 && !h.calls))
        return 0;
    for (int i = 0; i < USUAL; i++) {
        if (usual[i].field != field || strcmp(usual[i].words, h.words) != 0)
            continue;
        *scale = h.scale;
        return USUAL - i;
    }
    return 0;
}

bool log_heading_is_total(const char *text)
{
    static const char *const totals[] = {"total", "grand total", "sub total", "subtotal",
                                         "sum",   "summary",     "average",   "totals"};
    text += strspn(text, " ");
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++) {
        size_t n = strlen(totals[i]);
        if (strncasecmp(text, totals[i], n) == 0 && !(text[n] >= 'a' && text[n] <= 'z'))
            return true;
    }
    return false;
}
