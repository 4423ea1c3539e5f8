/* scenario_writer.c - random words of a scenario: numbers, durations, distributions.
 *
 * The one idea: durations are eighths of a second, so that they are printed and doubled exactly.
 */
#include "scenario_writer.h"

#include <math.h>
#include <stdio.h>

double random_uniform(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return ldexp((double)((z ^ (z >> 31)) >> 11) + 0.5, -53);
}

int random_int(uint64_t *state, int low, int high)
{
    return low + (int)(random_uniform(state) * (high - low + 1));
}

bool writer_chance(struct writer *w, double p)
{
    return random_uniform(&w->state) < p;
}

int writer_pick(struct writer *w, int low, int high)
{
    return random_int(&w->state, low, high);
}

void writer_say(struct writer *w, const char *format, ...)
{
    char part[512];
    va_list list;
    va_start(list, format);
    int n = vsnprintf(part, sizeof part, format, list);
    va_end(list);
    assert_true(n >= 0 && (size_t)n < sizeof part);
    oh_sink sink = text_sink(w->text);
    assert_true(sink.write(sink.user, part, (size_t)n));
}

/* A duration of about `about` seconds, "33.125 s". */
void writer_time(struct writer *w, double about)
{
    double seconds = fmax(1, round(8 * about * (0.5 + random_uniform(&w->state)))) / 8;
    writer_say(w, "%.10g s", seconds * w->stretch);
}

void writer_clock(struct writer *w, double seconds)
{
    int minutes = (int)lround(seconds * w->stretch / 60) + 8 * 60;
    writer_say(w, "\"%02d:%02d\"", minutes / 60, minutes % 60);
}

/* Families of which the n-th draw scales exactly with the mean, then the others. */
void writer_smooth(struct writer *w, double mean)
{
    switch (writer_pick(w, 0, w->taste->powers ? 2 : 7)) {
    case 0:
        writer_say(w, "{exponential: ");
        writer_time(w, mean);
        break;
    case 1:
        writer_say(w, "{exponential: ");
        writer_time(w, mean);
        writer_say(w, ", plus: ");
        writer_time(w, mean / 4);
        break;
    case 2:
        writer_say(w, "{hyperexponential: {mean: ");
        writer_time(w, mean);
        writer_say(w, ", cv: 1.5}");
        break;
    case 3:
        writer_say(w, "{lognormal: {mean: ");
        writer_time(w, mean);
        writer_say(w, ", cv: 0.%d}", writer_pick(w, 1, 9));
        break;
    case 4:
        writer_say(w, "{gamma: {mean: ");
        writer_time(w, mean);
        writer_say(w, ", cv: 0.8}");
        break;
    case 5:
        writer_say(w, "{erlang: {k: %d, mean: ", writer_pick(w, 1, 4));
        writer_time(w, mean);
        writer_say(w, "}");
        break;
    case 6:
        writer_say(w, "{weibull: {shape: 0.%d, mean: ", writer_pick(w, 6, 9));
        writer_time(w, mean);
        writer_say(w, "}");
        break;
    default:
        writer_say(w, "{triangular: {low: %.10g s, mode: %.10g s, high: %.10g s}", 0.25 * mean,
                   mean, 2 * mean);
    }
    writer_say(w, "}");
}

void writer_times(struct writer *w, double mean)
{
    if (!w->taste->no_ties && writer_chance(w, 0.3)) {
        writer_say(w, "{constant: %.10g s}", 30 * ceil(mean / 30) * w->stretch);
    } else if (!w->taste->powers && writer_chance(w, 0.2)) {
        writer_say(w, "{mixture: [{share: 25%%, exponential: ");
        writer_time(w, mean);
        writer_say(w, "}, {share: 75%%, uniform: {from: %.10g s, to: %.10g s}}]}", mean / 2,
                   2 * mean);
    } else if (!w->taste->powers && writer_chance(w, 0.1)) {
        writer_say(w, "{empirical: {values: [%.10g s, %.10g s, %.10g s]}}", mean / 2, mean,
                   3 * mean);
    } else {
        writer_smooth(w, mean);
    }
}
