/* log.c - a log from its options to its judgement; see log_book.h for what is kept of it. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kept_calls.h"
#include "log_input.h"

#define DEFAULT_INTERVAL     1800.0
#define DEFAULT_WITHIN       20.0
#define DEFAULT_MOST_DROPPED 0.05

enum { CHUNK = 1 << 18, DAYS_BEFORE_1970 = 25569 /* of a spreadsheet */ };

static const struct {
    const char *id, *words;
    bool wanted;
} reasons[DROP_REASONS] = {
#define DROP(id, words, wanted) [DROP_##id] = {#id, words, wanted},
#include "log_drops.def"
#undef DROP
};

/* ---- options ---- */

static bool day_option(const char *name, const char *text, long *day, bool *dated, oh_diags *diags)
{
    struct stamp s;
    if (!text)
        return true;
    if (stamp_read(text, (struct date_order){.part = ""}, true, &s) == STAMP_READ && s.has_day) {
        *day = s.day;
        *dated = true;
        return true;
    }
    double number;
    if (span_read(text, &number) && number == floor(number) && number >= 0 && number < 1e6) {
        *day = (long)number;
        return true;
    }
    finding(diags, CODE_E203, (struct span){0}, "--%s: '%s' is neither a date nor a day's number",
            name, text);
    finding_hint(diags, "write it as 2026-03-01");
    return false;
}

static bool days_option(oh_log *log, const oh_log_options *o, oh_diags *diags)
{
    bool from = day_option("from", o->from, &log->from, &log->limits_dated, diags);
    bool until = day_option("until", o->until, &log->until, &log->limits_dated, diags);
    if (!from || !until)
        return false;
    if (log->from < log->until)
        return true;
    finding(diags, CODE_E219, (struct span){0},
            "--from %s is not before --until %s, so no day is left", o->from, o->until);
    finding_hint(diags, "the day of --until is not used any more");
    return false;
}

static bool interval_option(oh_log *log, oh_diags *diags)
{
    double parts = LOG_DAY / log->interval;
    if (log->interval >= 60 && parts >= 1 && parts == floor(parts)) {
        log->intervals = (size_t)parts;
        return true;
    }
    finding(diags, CODE_E204, (struct span){0},
            "--interval: it must divide a day into whole parts of a minute at least");
    finding_hint(diags, "15 min, 30 min and 60 min are usual");
    return false;
}

static double or_default(double value, double otherwise)
{
    return value > 0 ? value : otherwise;
}

oh_status oh_log_new(oh_log **out, const oh_log_options *options, oh_diags *diags)
{
    static const oh_log_options none;
    const oh_log_options *o = options ? options : &none;
    *out = NULL;
    oh_log *log = calloc(1, sizeof *log);
    if (!log)
        return OH_NO_MEMORY;
    arena_init(&log->arena);
    log->interval = or_default(o->interval, DEFAULT_INTERVAL);
    log->within = or_default(o->within, DEFAULT_WITHIN);
    log->most_dropped = or_default(o->most_dropped, DEFAULT_MOST_DROPPED);
    log->opens = o->opens;
    log->from = LONG_MIN;
    log->until = log->kept_before = LONG_MAX;
    log->most_kept = OH_LOG_KEPT;
    log->cancel = o->cancel;
    log->progress = o->progress;
    log->progress_user = o->progress_user;
    bool asked = interval_option(log, diags);
    asked = days_option(log, o, diags) && asked;
    bool good = true;
    if (o->queue_by)
        log->queue_by = arena_strdup(&log->arena, o->queue_by);
    if (o->map)
        good = log_map_read(&log->map, &log->arena, o->map, diags);
    else
        log_map_default(&log->map);
    if (good && isfinite(log->map.opens) && o->opens == 0)
        log->opens = log->map.opens;
    if (good && asked && !log->arena.failed) {
        *out = log;
        return OH_OK;
    }
    bool no_memory = log->arena.failed || findings_failed(diags);
    oh_log_free(log);
    return no_memory ? OH_NO_MEMORY : !asked ? OH_ARGUMENT : OH_INVALID;
}

static void free_waiting(oh_log *log)
{
    while (log->waits) {
        struct log_input *first = log->waits;
        log->waits = log_input_next(first);
        log_input_free(first);
    }
}

void oh_log_free(oh_log *log)
{
    if (!log)
        return;
    for (size_t q = 0; q < LOG_QUEUES; q++) {
        tally_free(&log->queue[q].waits);
        tally_free(&log->queue[q].ring);
        for (int p = 0; p < PARTS; p++)
            tally_free(&log->queue[q].part[p]);
    }
    log_input_free(log->input);
    free_waiting(log);
    name_set_free(&log->queue_name);
    name_set_free(&log->kind_name);
    name_set_free(&log->class_name);
    name_set_free(&log->group_name);
    name_set_free(&log->agent_name);
    row_set_free(&log->seen);
    row_set_free(&log->seen_id);
    free(log->page);
    free(log->page_at);
    free(log->call);
    free(log->before);
    arena_free(&log->arena);
    free(log);
}

/* ---- reading ---- */

oh_status oh_log_begin(oh_log *log, const char *name, oh_diags *diags)
{
    if (log->input)
        return OH_ARGUMENT;
    log->input = log_input_new(log, name, diags);
    log->files++;
    return log->input ? OH_OK : OH_NO_MEMORY;
}

oh_status oh_log_take(oh_log *log, const char *text, size_t length)
{
    return log->input ? log_input_take(log->input, text, length) : OH_ARGUMENT;
}

oh_status oh_log_end(oh_log *log)
{
    if (!log->input)
        return OH_ARGUMENT;
    oh_status status = log_input_end(log->input);
    if (status == OH_OK && log_input_waits(log->input)) {
        log_input_link(log->input, log->waits);
        log->waits = log->input;
    } else {
        log_input_free(log->input);
    }
    log->input = NULL;
    return status == OH_OK && log->arena.failed ? OH_NO_MEMORY : status;
}

static void tell(const oh_log *log, uint64_t done, uint64_t planned)
{
    oh_progress progress = {.done = done, .planned = planned, .calls = log->rows};
    progress.value = progress.half_width = NAN;
    if (log->progress)
        log->progress(log->progress_user, &progress);
}

static bool is_cancelled(const oh_log *log)
{
    return log->cancel && atomic_load(log->cancel);
}

/* Up to CHUNK bytes, 0 at the end, -1 with errno. A signal ends the wait for a slow pipe, so that
 * the caller's wish to stop is seen; reading alone would go on after it. */
static ssize_t next_chunk(const oh_log *log, int file, char *chunk)
{
    struct pollfd ready = {.fd = file, .events = POLLIN};
    while (poll(&ready, 1, -1) < 0)
        if (errno != EINTR || is_cancelled(log))
            return -1;
    return read(file, chunk, CHUNK);
}

static oh_status read_stream(oh_log *log, int file, uint64_t size)
{
    char *chunk = malloc(CHUNK);
    oh_status status = chunk ? OH_OK : OH_NO_MEMORY;
    uint64_t done = 0;
    int error = 0;
    while (status == OH_OK) {
        ssize_t n = next_chunk(log, file, chunk);
        if (n <= 0) {
            error = errno;
            status = n == 0 ? OH_OK : is_cancelled(log) ? OH_CANCELLED : OH_IO;
            break;
        }
        status = oh_log_take(log, chunk, (size_t)n);
        done += (size_t)n;
        tell(log, done, size);
        if (is_cancelled(log))
            status = OH_CANCELLED;
    }
    free(chunk);
    errno = error;
    return status;
}

oh_status oh_log_read(oh_log *log, const char *file, oh_diags *diags)
{
    struct stat about;
    bool standard = strcmp(file, "-") == 0;
    int in = standard ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);
    if (in < 0)
        return OH_IO;
    bool known = fstat(in, &about) == 0;
    if (known && S_ISDIR(about.st_mode)) {
        if (!standard)
            close(in);
        errno = EISDIR;
        return OH_IO;
    }
    uint64_t size = known && S_ISREG(about.st_mode) ? (uint64_t)about.st_size : 0;
    oh_status status = oh_log_begin(log, standard ? "<stdin>" : file, diags);
    if (status == OH_OK)
        status = read_stream(log, in, size);
    int error = errno;
    if (status == OH_OK) {
        status = oh_log_end(log);
    } else { /* what was read of it is not judged */
        log_input_free(log->input);
        log->input = NULL;
    }
    if (!standard)
        close(in);
    errno = error;
    return status;
}

/* ---- judging ---- */

static uint64_t faults(const oh_log *log)
{
    uint64_t n = 0;
    for (int r = 0; r < DROP_REASONS; r++)
        n += reasons[r].wanted ? 0 : log->dropped[r];
    return n;
}

static void hint_drops(const oh_log *log, oh_diags *diags)
{
    static const char *const order = "the mapping tells the order of a date:  formats: "
                                     "{arrived: d/m/Y}  or  m/d/Y";
    for (size_t i = 0; i < oh_log_drops(log); i++) {
        oh_log_drop d = oh_log_drop_at(log, i);
        if (!d.wanted)
            finding_hint(diags, "%llu: %s (first in line %llu%s%s)", (unsigned long long)d.rows,
                         d.words, (unsigned long long)d.line[0], log->files > 1 ? " of " : "",
                         log->files > 1 ? d.file[0] : "");
    }
    if (log->dropped[DROP_ambiguous_date] > 0)
        finding_hint(diags, "%s", order);
}

static bool too_many_dropped(const oh_log *log, oh_diags *diags)
{
    uint64_t bad = faults(log);
    uint64_t looked_at = log->used + bad;
    if (looked_at == 0 || (double)bad <= log->most_dropped * (double)looked_at)
        return false;
    finding(diags, CODE_E210, (struct span){0},
            "%llu of %llu rows cannot be used, %.3g %%: more than the %.3g %% that --max-dropped "
            "allows",
            (unsigned long long)bad, (unsigned long long)looked_at,
            100 * (double)bad / (double)looked_at, 100 * log->most_dropped);
    hint_drops(log, diags);
    return true;
}

/* Copies too far apart to be found one by one: a sample tells how many they are. */
static bool too_many_far_copies(const oh_log *log, oh_diags *diags)
{
    uint64_t far =
        log->seen.far > log->seen_id.far || log->has_intervals ? log->seen.far : log->seen_id.far;
    double copies = (double)ROW_SET_SAMPLE * (double)far;
    if (far < 8 || copies <= log->most_dropped * (double)log->used)
        return false;
    finding(diags, CODE_E210, (struct span){0},
            "about %.0f of %llu rows come a second time, far from the first: the log seems to hold "
            "the same calls more than once",
            copies, (unsigned long long)log->used);
    finding_hint(diags, "sort the log by time, and each copy is found and left out");
    return true;
}

static bool too_many_twins(const oh_log *log, oh_diags *diags)
{
    if ((double)log->twins <= log->most_dropped * (double)log->used || log->twins < 20)
        return false;
    finding(
        diags, CODE_E210, (struct span){0},
        "%llu of %llu rows are exact copies of other rows: the log seems to hold the same calls "
        "more than once",
        (unsigned long long)log->twins, (unsigned long long)log->used);
    finding_hint(diags, "a column that tells calls apart (id, customer or agent) would settle it; "
                        "--max-dropped allows more");
    return true;
}

/* "1,037" read as 1.037 s beside whole seconds below a thousand would make the longest the
 * shortest. */
static bool thousands_for_fractions(const oh_log *log, oh_diags *diags)
{
    for (int f = 0; f < FIELDS; f++) {
        const struct log_separators *s = &log->odd.separators[f];
        if (s->grouped < 3 || s->parted > 0 || s->whole <= s->grouped)
            continue;
        finding(diags, CODE_E210, (struct span){0},
                "%s: %llu durations such as '%s' beside %llu whole ones below 1000: thousands, or "
                "fractions of a second?",
                log_field_name((enum log_field)f), (unsigned long long)s->grouped, s->first,
                (unsigned long long)s->whole);
        finding_hint(diags, "save the table without separators of thousands, or give all durations "
                            "the same number of decimals");
        return true;
    }
    return false;
}

/* Calls that go over from one interval to the next are few. */
static bool counts_contradict(const oh_log *log, oh_diags *diags)
{
    if (log->odd.done <= 1.05 * log->odd.offered + 10)
        return false;
    finding(diags, CODE_E210, (struct span){0},
            "%.0f calls were answered or abandoned, but only %.0f were offered", log->odd.done,
            log->odd.offered);
    finding_hint(diags, "is another column meant? --map MAP.yaml:  columns: {offered: ..., "
                        "answered: ..., abandoned: ...}");
    return true;
}

static void note_oddities(oh_log *log)
{
    const struct log_oddities *odd = &log->odd;
    if (odd->over > 0)
        log_book_note(
            log,
            "more calls answered and abandoned than offered in %llu of the rows, as calls "
            "that go over into the next interval make it",
            (unsigned long long)odd->over);
    if (odd->again > 0)
        log_book_note(log,
                      "an interval and queue of which an earlier row told, in %llu of the rows: "
                      "they are added up",
                      (unsigned long long)odd->again);
    if (odd->back > 0 && !log->dated)
        log_book_note(log,
                      "the times of arrival have no date, so all calls are taken for those of one "
                      "day, but they go back by hours (%llu of them): a column 'date' would part "
                      "the days",
                      (unsigned long long)odd->back);
}

/* Rows that are hours, counted by half hours, would leave every other interval empty. */
static bool step_is_wrong(const oh_log *log, oh_diags *diags)
{
    size_t filled = 0, odd = 0;
    if (!log->has_intervals)
        return false;
    for (size_t p = 0; p < log->pages; p++) {
        for (size_t i = 0; i < log->intervals; i++) {
            bool any = log->page[p].cell[i].arrivals > 0;
            filled += any;
            odd += any && i % 2;
        }
    }
    if (odd > 0 || filled < 4)
        return false;
    finding(diags, CODE_E219, (struct span){0},
            "the rows of this log stand for longer intervals than %g min", log->interval / 60);
    finding_hint(diags, "--interval '%g min' may be right", log->interval / 30);
    return true;
}

/* A spreadsheet counts days since 30 December 1899: 46083.333 is 2 March 2026, 08:00. Read as
 * seconds they would be thousands of calls within a minute. Only numbers that cannot well be
 * seconds are refused: days of 1982 to 2119, more than a day of them but no lifetime, many to each.
 */
static bool days_for_seconds(const oh_log *log, oh_diags *diags)
{
    double from = log->least_number, spread = log->greatest_number - log->least_number;
    bool likely = log->numbers >= 20 && log->opens == 0 && from >= 30000 &&
                  log->greatest_number < 80000 && spread >= 1 && spread <= 4000 &&
                  (double)log->numbers >= 5 * spread;
    if (!likely)
        return false;
    struct date first = date_of_day((long)from - DAYS_BEFORE_1970);
    finding(diags, CODE_E210, (struct span){0},
            "the times of arrival look like day numbers of a spreadsheet (%.10g would be "
            "%04d-%02d-%02d); as seconds they would be %llu calls within %.0f s",
            from, first.year, first.month, first.day, (unsigned long long)log->numbers, spread);
    finding_hint(diags, "give that column a format of date and time, such as yyyy-mm-dd hh:mm:ss, "
                        "and save the table as CSV again");
    finding_hint(diags, "if they are seconds, --opens says at what time of day second 0 was");
    return true;
}

/* "2026-03-01", "day 7". */
static void name_day(const oh_log *log, long day, char name[48])
{
    struct date d = date_of_day(day);
    if (log->dated)
        snprintf(name, 48, "%04d-%02d-%02d", d.year, d.month, d.day);
    else
        snprintf(name, 48, "day %ld", day >= DAYS_OF_A_RUN ? day / DAYS_OF_A_RUN : day);
}

static void note_kept(oh_log *log)
{
    char day[48];
    name_day(log, log->kept_before, day);
    log_book_note(log,
                  "agents and customers are judged from the %zu calls before %s, since %zu calls "
                  "at most are kept one by one; everything else from all %llu",
                  log->calls, day, log->most_kept, (unsigned long long)log->used);
}

static bool day_is_too_full(const oh_log *log, oh_diags *diags)
{
    char day[48];
    if (log->calls_left_out == 0 || log->calls > 0)
        return false;
    name_day(log, log->kept_before, day);
    finding(diags, CODE_E218, (struct span){0}, "%s has more than %zu calls", day, log->most_kept);
    finding_hint(diags, "is the day in a column of its own? --map MAP.yaml:  columns: {date: ...}");
    return true;
}

static void make_notes(oh_log *log)
{
    note_oddities(log);
    if (log->guessed_arrival > 0)
        log_book_note(log,
                      "%llu rows give 0:00:00 as the time of arrival, which says that there is "
                      "none: the time of %s%s%s is taken there",
                      (unsigned long long)log->guessed_arrival, log->spare_name ? "column '" : "",
                      log->spare_name ? log->spare_name : "another column",
                      log->spare_name ? "'" : "");
    for (const struct map_word *w = log->map.ignore; w; w = w->next)
        if (!w->met)
            log_book_note(log, "ignore: no row has '%.60s' in column '%.60s'", w->text, w->column);
    if (log->calls_left_out > 0)
        note_kept(log);
    if (log->twins > 0)
        log_book_note(log, "%llu rows look exactly like another one; they are taken for calls",
                      (unsigned long long)log->twins);
}

/* All has been read: dates have shown their order by now, or none will. */
static oh_status settle_waiting(oh_log *log)
{
    oh_status status = OH_OK;
    for (struct log_input *i = log->waits; i && status == OH_OK; i = log_input_next(i))
        status = log_input_settle(i);
    free_waiting(log);
    return status;
}

oh_status oh_log_judge(oh_log *log, oh_diags *diags)
{
    oh_status status = settle_waiting(log);
    if (status != OH_OK)
        return status;
    bool twice = too_many_far_copies(log, diags);
    row_set_free(&log->seen);
    row_set_free(&log->seen_id);
    if (twice || too_many_dropped(log, diags) || too_many_twins(log, diags) ||
        days_for_seconds(log, diags) || thousands_for_fractions(log, diags) ||
        counts_contradict(log, diags) || step_is_wrong(log, diags) || day_is_too_full(log, diags))
        return OH_INVALID;
    if (log->any && log->limits_dated && !log->dated) {
        finding(diags, CODE_E219, (struct span){0},
                "--from and --until are dates, but the log has none");
        finding_hint(diags, "give the numbers of days instead");
        return OH_INVALID;
    }
    if (!log->any) {
        finding(diags, CODE_E210, (struct span){0}, "no row of the log is left to use");
        for (size_t i = 0; i < oh_log_drops(log); i++) {
            oh_log_drop d = oh_log_drop_at(log, i);
            finding_hint(diags, "%llu: %s", (unsigned long long)d.rows, d.words);
        }
        return OH_INVALID;
    }
    make_notes(log);
    return !log->arena.failed && calls_order(log) ? OH_OK : OH_NO_MEMORY;
}

/* ---- looking ---- */

uint64_t oh_log_rows(const oh_log *log)
{
    return log->rows;
}

size_t oh_log_files(const oh_log *log)
{
    return log->files;
}

uint64_t oh_log_used(const oh_log *log)
{
    return log->used;
}

size_t oh_log_drops(const oh_log *log)
{
    size_t n = 0;
    for (int r = 0; r < DROP_REASONS; r++)
        n += log->dropped[r] > 0;
    return n;
}

oh_log_drop oh_log_drop_at(const oh_log *log, size_t i)
{
    for (int r = 0; r < DROP_REASONS; r++) {
        if (log->dropped[r] == 0 || i-- > 0)
            continue;
        oh_log_drop drop = {
            reasons[r].id, reasons[r].words, reasons[r].wanted, log->dropped[r], {0}, {NULL}};
        memcpy(drop.line, log->drop_line[r], sizeof drop.line);
        memcpy(drop.file, log->drop_file[r], sizeof drop.file);
        return drop;
    }
    return (oh_log_drop){"", "", false, 0, {0}, {NULL}};
}

size_t oh_log_notes(const oh_log *log)
{
    return log->notes;
}

const char *oh_log_note(const oh_log *log, size_t i)
{
    return i < log->notes ? log->note[i] : "";
}
