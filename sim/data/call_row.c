/* call_row.c - what one row of a log says, or why it cannot be used.
 *
 * Each field is read from the first of its columns that is given in the row. The order of looking
 * decides which reason a row with several faults is counted under.
 */
#include "call_row.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "log_headings.h"
#include "log_lines.h"

#define SELF_SERVICE 0.001   /* s: less is rounding */
#define HOURS_BACK   14400.0 /* further back, a time of day may be of the next day */
#define MOST_CALLS   1e6     /* in an interval: more is a fault of the log */

struct looking {
    oh_log *log;
    const struct log_columns *columns;
    const struct row_cells *cells;
    struct call_row *out;
    bool filler; /* the time of arrival was a filler */
    bool no_memory;
    double whole; /* arrival in seconds since 1970 or since the start, for differences */
};

/* The text of a field, NULL if it is not given. */
static const char *given(const struct looking *l, enum log_field field)
{
    for (size_t i = 0; i < l->columns->names[field]; i++) {
        long at = l->columns->at[field][i];
        const char *text = l->cells->text[at];
        if (!log_map_missing(&l->log->map, field, text))
            return text;
    }
    return NULL;
}

static bool has(const struct looking *l, enum log_field field)
{
    return l->columns->names[field] > 0;
}

static bool is_ignored(const struct looking *l)
{
    for (size_t i = 0; i < l->columns->ignores; i++) {
        long at = l->columns->ignore_at[i];
        if (strcmp(l->cells->text[at], l->columns->ignore_word[i]->text) == 0)
            return l->columns->ignore_word[i]->met = true;
    }
    return false;
}

/* ---- when ---- */

/* A stamp that says midnight sharp and nothing else: phone systems write that for "never". */
static bool is_filler(const struct stamp *s)
{
    return s->has_clock && !s->has_day && s->second == 0;
}

/* The first column of the field that holds a time that is no filler. */
static enum stamp_outcome arrival_stamp(struct looking *l, enum log_field field, struct stamp *out)
{
    enum stamp_outcome outcome = STAMP_UNREADABLE;
    const struct log_columns *c = l->columns;
    bool other = c->names[field] > 1 || c->spare_clock >= 0;
    for (size_t i = 0; i <= c->names[field]; i++) {
        long at = i < c->names[field] ? c->at[field][i] : l->filler ? c->spare_clock : -1;
        if (at < 0 || log_map_missing(&l->log->map, field, l->cells->text[at]))
            continue;
        struct stamp s;
        enum stamp_outcome now =
            stamp_read(l->cells->text[at], l->log->map.order[field], false, &s);
        if (now == STAMP_READ && is_filler(&s) && other && !l->filler) {
            l->filler = true;
            *out = s;
            outcome = now;
            continue;
        }
        *out = s;
        return now;
    }
    return outcome;
}

static void note_number(oh_log *log, double x)
{
    log->least_number = log->numbers > 0 ? fmin(log->least_number, x) : x;
    log->greatest_number = log->numbers > 0 ? fmax(log->greatest_number, x) : x;
    log->numbers++;
}

/* Seconds since the start of the log, its days made of replications. */
static enum log_drop_reason undated(struct looking *l, double second)
{
    double run = 0;
    const char *text = given(l, FIELD_REPLICATION);
    if (text && (!span_read(text, &run) || run != floor(run) || run < 0 || run > 2e6))
        return DROP_bad_time;
    note_number(l->log, second);
    second += l->log->opens;
    double day = floor(second / LOG_DAY);
    if (day >= (text ? (double)DAYS_OF_A_RUN : 1e6))
        return DROP_too_long;
    l->out->day = (long)(run * (text ? DAYS_OF_A_RUN : 0) + day);
    l->out->second = second - day * LOG_DAY;
    l->whole = second;
    return DROP_REASONS;
}

/* Reports write the time of an interval as 8, 830 or 0830 as well. */
static void whole_hours(struct stamp *at)
{
    double hours = at->second > 24 ? floor(at->second / 100) : at->second;
    double minutes = at->second > 24 ? at->second - 100 * hours : 0;
    if (hours <= 24 && minutes < 60 && minutes == floor(minutes))
        at->second = 3600 * hours + 60 * minutes;
}

/* What one date shows holds for all of the log. */
static void learn_order(oh_log *log, const struct stamp *date)
{
    for (int f = 0; f < FIELDS && date->shows; f++)
        memcpy(log->map.order[f].shown, date->shows, sizeof log->map.order[f].shown);
    log->order_shown = log->order_shown || date->shows;
}

static enum log_drop_reason read_arrival(struct looking *l, enum log_field field)
{
    struct stamp at = {0}, date = {0};
    const char *day = given(l, FIELD_DATE);
    enum stamp_outcome outcome = arrival_stamp(l, field, &at);
    if (outcome != STAMP_READ) {
        const char *text = given(l, field);
        return outcome == STAMP_AMBIGUOUS ? DROP_ambiguous_date
               : text                     ? DROP_bad_time
                                          : DROP_no_time;
    }
    learn_order(l->log, &at);
    if (at.plain && day && l->out->is_interval)
        whole_hours(&at);
    if (!at.has_day && day) {
        outcome = stamp_read(day, l->log->map.order[FIELD_DATE], true, &date);
        if (outcome != STAMP_READ || !date.has_day)
            return outcome == STAMP_AMBIGUOUS ? DROP_ambiguous_date : DROP_bad_time;
        learn_order(l->log, &date);
        at.day = date.day;
        at.has_day = at.has_clock = true;
        at.plain = false;
    }
    if (at.plain)
        return at.second < 0 ? DROP_negative_time : undated(l, at.second);
    if (!at.has_clock)
        return l->out->is_interval ? DROP_whole_day : DROP_bad_time;
    if (!at.has_day) {
        l->log->odd.back += at.second < l->log->odd.last_clock - HOURS_BACK;
        l->log->odd.last_clock = at.second;
    }
    double past = floor(at.second / LOG_DAY);
    l->out->dated = at.has_day;
    l->out->day = at.day + (long)past;
    l->out->second = at.second - past * LOG_DAY;
    l->whole = (double)l->out->day * LOG_DAY + l->out->second;
    return DROP_REASONS;
}

/* As --from and --until count. */
static long day_number(const struct call_row *row)
{
    return !row->dated && row->day >= DAYS_OF_A_RUN ? row->day / DAYS_OF_A_RUN : row->day;
}

static bool is_outside(const oh_log *log, const struct call_row *row)
{
    long number = day_number(row);
    return number < log->from || number >= log->until;
}

/* How long after the arrival a column of times stands; NaN if it is not given or unreadable. */
static double after_arrival(struct looking *l, enum log_field field)
{
    struct stamp s;
    const char *text = given(l, field);
    if (!text || stamp_read(text, l->log->map.order[field], false, &s) != STAMP_READ)
        return NAN;
    if (is_filler(&s) && l->out->second > 3600)
        return NAN;
    if (s.plain)
        return s.second + l->log->opens - l->whole;
    double second =
        s.has_day ? (double)s.day * LOG_DAY + s.second - l->whole : s.second - l->out->second;
    return !s.has_day && second < -LOG_DAY / 2 ? second + LOG_DAY : second;
}

/* ---- how long ---- */

/* A duration that may be missing: NaN then. */
/* Is a comma or a point before three digits that of thousands? One duration does not tell. */
static void note_separator(struct log_separators *seen, const char *text)
{
    static const char digits[] = "0123456789";
    size_t whole = strspn(text, digits);
    if (whole == 0 || (text[whole] && text[whole] != ',' && text[whole] != '.'))
        return;
    size_t part = text[whole] ? strspn(text + whole + 1, digits) : 0;
    bool led = *text == '0'; /* thousands never are */
    if (text[whole] && text[whole + 1 + part])
        return;
    if (!text[whole] && whole <= 3) {
        seen->whole += !led;
    } else if (part == 3 && whole <= 3 && !led) {
        if (seen->grouped++ == 0)
            snprintf(seen->first, sizeof seen->first, "%s", text);
    } else {
        seen->parted++;
    }
}

static enum log_drop_reason duration(struct looking *l, enum log_field field, double *out)
{
    const char *text = given(l, field);
    *out = NAN;
    if (!text)
        return DROP_REASONS;
    if (!span_read(text, out))
        return DROP_bad_duration;
    note_separator(&l->log->odd.separators[field], text);
    if (*out < 0)
        return DROP_negative_time;
    return *out > LOG_LONGEST ? DROP_too_long : DROP_REASONS;
}

static enum log_drop_reason read_handling(struct looking *l)
{
    static const enum log_field parts[PARTS] = {FIELD_HANDLING, FIELD_TALK, FIELD_HOLD,
                                                FIELD_WRAP_UP};
    struct call_row *out = l->out;
    for (int p = 0; p < PARTS; p++) {
        enum log_drop_reason reason = duration(l, parts[p], &out->part[p]);
        if (reason != DROP_REASONS)
            return reason;
    }
    if (!isnan(out->part[PART_TALK])) {
        out->part[PART_HANDLING] = out->part[PART_TALK];
        for (int p = PART_HOLD; p < PARTS; p++)
            if (!isnan(out->part[p]))
                out->part[PART_HANDLING] += out->part[p];
    }
    double menu;
    enum log_drop_reason reason = duration(l, FIELD_MENU, &menu);
    return reason != DROP_REASONS ? reason : duration(l, FIELD_RING, &out->ring);
}

static enum log_drop_reason read_wait(struct looking *l)
{
    struct call_row *out = l->out;
    enum log_drop_reason reason = duration(l, FIELD_WAIT, &out->wait);
    if (reason != DROP_REASONS)
        return reason;
    if (isnan(out->wait)) {
        bool answered = out->outcome == OUTCOME_ANSWERED;
        out->wait = after_arrival(l, answered ? FIELD_ANSWERED_AT : FIELD_ENDED);
        if (isnan(out->wait) && answered && !isnan(out->part[PART_HANDLING]))
            out->wait = after_arrival(l, FIELD_ENDED) - out->part[PART_HANDLING];
    }
    if (out->outcome == OUTCOME_BALKED || out->outcome == OUTCOME_BLOCKED ||
        out->outcome == OUTCOME_SELF_SERVED)
        out->wait = isnan(out->wait) ? 0 : out->wait;
    if (isnan(out->wait))
        return DROP_no_wait;
    if (isnan(out->ring) && out->outcome == OUTCOME_ANSWERED)
        out->ring = (has(l, FIELD_ARRIVED) ? out->wait : 0) - after_arrival(l, FIELD_ASSIGNED_AT);
    if (out->ring < 0 || out->ring > out->wait)
        out->ring = out->ring < 0 ? 0 : out->wait;
    if (isnan(out->part[PART_HANDLING]) && out->outcome == OUTCOME_ANSWERED) {
        /* what ends there is the call: wrap-up, where it is logged, comes after */
        double ended = after_arrival(l, FIELD_ENDED), wrap_up = out->part[PART_WRAP_UP];
        if (!isnan(ended))
            out->part[PART_HANDLING] = ended - out->wait + (isnan(wrap_up) ? 0 : wrap_up);
    }
    return out->wait < 0 || out->part[PART_HANDLING] < 0 ? DROP_negative_time
           : out->wait > LOG_LONGEST || out->part[PART_HANDLING] > PARTS * LOG_LONGEST
               ? DROP_too_long
               : DROP_REASONS;
}

/* ---- who ---- */

static uint32_t number_of(struct looking *l, enum log_field field, struct name_set *set,
                          size_t most, const char *prefix)
{
    char name[200];
    const char *text = given(l, field);
    if (!text)
        return UINT32_MAX;
    snprintf(name, sizeof name, "%s%s%.150s", prefix ? prefix : "", prefix ? "/" : "", text);
    return name_number(set, name, most, &l->no_memory);
}

static void read_who(struct looking *l)
{
    oh_log *log = l->log;
    struct call_row *out = l->out;
    const char *customer = given(l, FIELD_CUSTOMER), *group = given(l, FIELD_GROUP);
    const char *queue = given(l, FIELD_QUEUE), *priority = given(l, FIELD_PRIORITY);
    out->queue = log_line(log, queue ? queue : "calls", priority, &l->no_memory);
    out->group = number_of(l, FIELD_GROUP, &log->group_name, LOG_GROUPS, NULL);
    out->agent = number_of(l, FIELD_AGENT, &log->agent_name, LOG_AGENTS, group);
    log->has_agents = log->has_agents || out->agent != UINT32_MAX;
    log->has_groups = log->has_groups || out->group != UINT32_MAX;
    out->customer = customer ? text_hash(customer, strlen(customer), 1) : 0;
    if (customer && given(l, FIELD_REPLICATION)) {
        /* callers are numbered anew in each replication */
        const char *run = given(l, FIELD_REPLICATION);
        out->customer = text_hash(run, strlen(run), out->customer);
    }
}

/* ---- rows that are intervals ---- */

/* "81.2%", "0.812"; above 1 it is taken for percent. */
static bool share_read(const char *text, double *share)
{
    char copy[32];
    size_t n = strcspn(text, "%");
    if (n >= sizeof copy)
        return false;
    memcpy(copy, text, n);
    copy[n] = '\0';
    if (!span_read(copy, share))
        return false;
    if (text[n] == '%' || *share > 1)
        *share /= 100;
    return *share <= 1;
}

/* "1,234" and "1.234" are thousands: counts are whole. */
static bool count_read(const char *text, double *count)
{
    char plain[32];
    size_t n = 0, digits = strspn(text, "0123456789");
    bool thousands = digits > 0 && digits <= 3 && text[digits];
    for (const char *p = text; *p && n + 1 < sizeof plain; p++) {
        bool mark = thousands && strchr(",.' ", *p) && strspn(p + 1, "0123456789") == 3;
        if (!mark)
            plain[n++] = *p;
    }
    plain[n] = '\0';
    return span_read(plain, count);
}

/* A time in the unit of its heading, or "h:mm:ss". */
static bool figure_read(const struct looking *l, enum log_field field, const char *text, double *to)
{
    bool count = field == FIELD_OFFERED || field == FIELD_ANSWERED || field == FIELD_ABANDONED;
    if (count)
        return count_read(text, to);
    if (!span_read(text, to))
        return false;
    if (!strchr(text, ':'))
        *to *= l->columns->scale[field];
    return true;
}

static bool is_total(const struct looking *l)
{
    static const enum log_field fields[] = {FIELD_ARRIVED, FIELD_DATE, FIELD_QUEUE};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const char *text = given(l, fields[i]);
        if (text && log_heading_is_total(text))
            return true;
    }
    return false;
}

static bool is_time(enum log_field field)
{
    return field != FIELD_OFFERED && field != FIELD_ANSWERED && field != FIELD_ABANDONED &&
           field != FIELD_AGENTS;
}

static enum log_drop_reason read_interval(struct looking *l)
{
    struct call_row *out = l->out;
    double talk, hold, wrap_up;
    const struct {
        enum log_field field;
        double *to;
    } figures[] = {{FIELD_OFFERED, &out->offered},
                   {FIELD_ANSWERED, &out->answered},
                   {FIELD_ABANDONED, &out->abandoned},
                   {FIELD_ASA, &out->asa},
                   {FIELD_ABANDON_WAIT, &out->abandon_wait},
                   {FIELD_AHT, &out->aht},
                   {FIELD_TALK, &talk},
                   {FIELD_HOLD, &hold},
                   {FIELD_WRAP_UP, &wrap_up},
                   {FIELD_AGENTS, &out->agents}};
    if (is_total(l))
        return DROP_total;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        const char *text = given(l, figures[i].field);
        *figures[i].to = NAN;
        if (text && !figure_read(l, figures[i].field, text, figures[i].to))
            return DROP_bad_count;
        if (text && *figures[i].to < 0)
            return DROP_negative_time;
        if (*figures[i].to > (is_time(figures[i].field) ? LOG_LONGEST : MOST_CALLS))
            return is_time(figures[i].field) ? DROP_too_long : DROP_bad_count;
    }
    if (isnan(out->aht) && !isnan(talk))
        out->aht = talk + (isnan(hold) ? 0 : hold) + (isnan(wrap_up) ? 0 : wrap_up);
    const char *level = given(l, FIELD_SERVICE_LEVEL);
    out->service_level = NAN;
    if (level && !share_read(level, &out->service_level))
        return DROP_bad_count;
    bool enough = !isnan(out->offered) || (!isnan(out->answered) && !isnan(out->abandoned));
    return enough ? DROP_REASONS : DROP_bad_count;
}

/* ---- a row ---- */

/* A trace tells when callers dial. What they spend in self-service lies between that and the line,
 * and shows as what is left of the time until they are gone. */
static void join_line(struct looking *l)
{
    struct call_row *out = l->out;
    double ended, here = out->wait;
    long at = l->columns->traced_end;
    bool answered = out->outcome == OUTCOME_ANSWERED;
    if (at < 0 || (!answered && out->outcome != OUTCOME_ABANDONED) ||
        !span_read(l->cells->text[at], &ended))
        return;
    for (int p = PART_TALK; answered && p <= PART_HOLD; p++)
        here += isnan(out->part[p]) ? 0 : out->part[p];
    double before = ended + l->log->opens - l->whole - here;
    if (!(before > SELF_SERVICE))
        return;
    out->second += before;
    out->day += (long)floor(out->second / LOG_DAY);
    out->second = fmod(out->second, LOG_DAY);
}

static enum log_drop_reason read_call(struct looking *l)
{
    const char *word = given(l, FIELD_OUTCOME);
    if (!word)
        return DROP_no_outcome;
    l->out->outcome = log_map_outcome(&l->log->map, word);
    if (l->out->outcome == OUTCOME_IGNORE)
        return DROP_ignored;
    if (l->out->outcome == OUTCOME_UNKNOWN) {
        log_book_note(l->log, "the outcome '%.60s' is not known: the mapping's outcome may name it",
                      word);
        return DROP_unknown_outcome;
    }
    enum log_drop_reason reason = read_handling(l);
    if (reason == DROP_REASONS)
        reason = read_arrival(l, has(l, FIELD_ARRIVED) ? FIELD_ARRIVED : FIELD_ANSWERED_AT);
    if (reason == DROP_REASONS)
        reason = read_wait(l);
    if (reason != DROP_REASONS)
        return reason;
    if (!has(l, FIELD_ARRIVED)) {
        l->out->second -= l->out->wait;
        if (l->out->second < 0) {
            l->out->second += LOG_DAY;
            l->out->day--;
        }
    }
    if (l->filler && l->out->outcome != OUTCOME_ANSWERED && !(l->out->wait > 0))
        return DROP_not_queued;
    l->log->guessed_arrival += l->filler;
    join_line(l);
    return DROP_REASONS;
}

enum log_drop_reason call_row_read(oh_log *log, const struct log_columns *columns,
                                   const struct row_cells *cells, struct call_row *out,
                                   bool *no_memory)
{
    struct looking l = {.log = log, .columns = columns, .cells = cells, .out = out};
    enum log_drop_reason reason;
    *out = (struct call_row){.ring = NAN};
    if (cells->count < columns->columns)
        return DROP_too_few_cells;
    for (size_t i = columns->columns; i < cells->count; i++)
        if (*cells->text[i])
            return DROP_too_many_cells; /* separators at the end of lines do no harm */
    if (is_ignored(&l))
        return DROP_ignored;
    out->is_interval = !has(&l, FIELD_OUTCOME);
    if (out->is_interval) {
        reason = read_interval(&l);
        if (reason == DROP_REASONS)
            reason = read_arrival(&l, FIELD_ARRIVED);
    } else {
        reason = read_call(&l);
    }
    if (reason == DROP_REASONS && is_outside(log, out)) {
        reason = DROP_outside;
        if (day_number(out) < log->from && !log_book_before(log, out->day))
            l.no_memory = true;
    }
    if (reason == DROP_REASONS)
        read_who(&l);
    *no_memory = l.no_memory;
    return reason;
}
