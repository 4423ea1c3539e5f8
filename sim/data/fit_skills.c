/* fit_skills.c - groups of agents by the queues that they answer, where the log names agents but no
 * groups.
 *
 * What an agent would answer of a queue if he took calls like everybody is compared with what he
 * did: next to none says that the queue is not his, and a few stray calls do not make it his. Those
 * with the same queues are a group; groups with few calls go to the one most like them.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fit_parts.h"
#include "skill.h"

#define LEAST_SHARE 0.05 /* of all answered calls, that make a group */
/* Share of all calls: groups that differ only in queues with fewer are one. What differs in so few
 * calls moves no wait, and small groups have heads that cannot be counted well. */
#define ALIKE 0.1

enum { TEAMS_MOST = 200, WORK = 4000000 };

/* What is known of an agent and a queue. */
enum { NOT_HIS, UNKNOWN, HIS };

struct team {
    unsigned char *skill; /* [lines] NOT_HIS or HIS, UNKNOWN until an agent tells */
    double calls;
    bool gone; /* joined to another one */
};

struct ranked_agent {
    double calls;
    size_t agent;
};

struct sorting {
    const oh_log *log;
    size_t lines, agents, teams;
    uint32_t *took;             /* [agents * lines] */
    double *calls;              /* [agents] */
    double *share;              /* [lines] of all answered calls */
    double all;                 /* those */
    unsigned char *each;        /* [agents * lines] */
    struct team *team;          /* [TEAMS_MOST] */
    size_t *of;                 /* [agents] */
    struct ranked_agent *order; /* the most calls first */
};

static bool sorting_new(struct sorting *s, struct arena *arena, const oh_log *log)
{
    s->log = log;
    s->lines = log->queue_name.count;
    s->agents = log->agent_name.count;
    s->took = arena_array(arena, s->agents * s->lines, sizeof *s->took);
    s->calls = arena_array(arena, s->agents, sizeof *s->calls);
    s->share = arena_array(arena, s->lines, sizeof *s->share);
    s->each = arena_array(arena, s->agents * s->lines, sizeof *s->each);
    s->team = arena_array(arena, TEAMS_MOST, sizeof *s->team);
    s->of = arena_array(arena, s->agents, sizeof *s->of);
    s->order = arena_array(arena, s->agents, sizeof *s->order);
    return s->took && s->calls && s->share && s->each && s->team && s->of && s->order;
}

static void look(struct sorting *s)
{
    for (size_t i = 0; i < s->log->calls; i++) {
        const struct log_call *call = &s->log->call[i];
        if (call->outcome != OUTCOME_ANSWERED || call->agent == UINT32_MAX)
            continue;
        s->took[call->agent * s->lines + call->queue]++;
        s->calls[call->agent]++;
        s->share[call->queue]++;
        s->all++;
    }
    for (size_t q = 0; q < s->lines && s->all > 0; q++)
        s->share[q] /= s->all;
    for (size_t a = 0; a < s->agents; a++) {
        for (size_t q = 0; q < s->lines; q++) {
            double took = s->took[a * s->lines + q], fair = s->calls[a] * s->share[q];
            s->each[a * s->lines + q] = skill_has(took, fair)     ? HIS
                                        : skill_lacks(took, fair) ? NOT_HIS
                                                                  : UNKNOWN;
        }
    }
}

static int most_first(const void *pa, const void *pb)
{
    const struct ranked_agent *a = pa, *b = pb;
    if (a->calls != b->calls)
        return a->calls > b->calls ? -1 : 1;
    return a->agent < b->agent ? -1 : a->agent > b->agent;
}

static void sort_agents(struct sorting *s)
{
    for (size_t a = 0; a < s->agents; a++)
        s->order[a] = (struct ranked_agent){s->calls[a], a};
    qsort(s->order, s->agents, sizeof *s->order, most_first);
}

static bool agree(const struct sorting *s, const struct team *team, size_t agent)
{
    for (size_t q = 0; q < s->lines; q++) {
        if (abs(s->each[agent * s->lines + q] - team->skill[q]) == HIS - NOT_HIS)
            return false;
    }
    return true;
}

static bool make_teams(struct sorting *s, struct arena *arena)
{
    for (size_t i = 0; i < s->agents; i++) {
        size_t a = s->order[i].agent, best = s->teams;
        for (size_t t = 0; t < s->teams; t++)
            if (agree(s, &s->team[t], a) &&
                (best == s->teams || s->team[t].calls > s->team[best].calls))
                best = t;
        if (best == TEAMS_MOST) /* the rest have few calls */
            best = 0;
        if (best == s->teams) {
            s->team[best].skill = arena_array(arena, s->lines, sizeof *s->team[best].skill);
            if (!s->team[best].skill)
                return false;
            memcpy(s->team[best].skill, &s->each[a * s->lines], s->lines);
            s->teams++;
        }
        struct team *team = &s->team[best];
        for (size_t q = 0; q < s->lines; q++)
            if (team->skill[q] == UNKNOWN)
                team->skill[q] = s->each[a * s->lines + q];
        team->calls += s->calls[a];
        s->of[a] = best;
    }
    return true;
}

/* How unlike two teams are: the share of all calls in whose queues they differ. */
static double distance(const struct sorting *s, const struct team *a, const struct team *b)
{
    double d = 0;
    for (size_t q = 0; q < s->lines; q++)
        d += (a->skill[q] == HIS) != (b->skill[q] == HIS) ? s->share[q] : 0;
    return d;
}

static bool is_small(const struct sorting *s, const struct team *team)
{
    return team->calls < LEAST_SHARE * s->all;
}

/* The two to be put together next: a small one with the one most like it, or two that are alike.
 * False: all that are left stand apart. */
static bool next_pair(const struct sorting *s, size_t *a, size_t *b)
{
    double least = INFINITY;
    for (size_t t = 0; t < s->teams; t++) {
        for (size_t u = 0; u < s->teams; u++) {
            const struct team *x = &s->team[t], *y = &s->team[u];
            if (t == u || x->gone || y->gone || x->calls > y->calls)
                continue;
            double d = distance(s, x, y);
            if ((d > ALIKE && !is_small(s, x)) || !(d < least))
                continue;
            least = d;
            *a = t;
            *b = u;
        }
    }
    return isfinite(least);
}

/* The smaller team becomes part of the other one, whose queues are those of both together. */
static void join(struct sorting *s, size_t from, size_t to)
{
    struct team *team = &s->team[to];
    team->calls += s->team[from].calls;
    s->team[from].gone = true;
    for (size_t a = 0; a < s->agents; a++)
        if (s->of[a] == from)
            s->of[a] = to;
    for (size_t q = 0; q < s->lines; q++) {
        double took = 0;
        for (size_t a = 0; a < s->agents; a++)
            took += s->of[a] == to ? s->took[a * s->lines + q] : 0;
        team->skill[q] = skill_has(took, team->calls * s->share[q]) ? HIS : NOT_HIS;
    }
}

static size_t join_teams(struct sorting *s)
{
    size_t a = 0, b = 0, left = s->teams;
    while (left > 1 && next_pair(s, &a, &b)) {
        join(s, a, b);
        left--;
    }
    return left;
}

/* A queue that is nobody's goes to the team that answered most of it. */
static bool leave_no_queue(struct sorting *s, struct arena *arena)
{
    double *took = arena_array(arena, s->teams, sizeof *took);
    if (!took)
        return false;
    for (size_t q = 0; q < s->lines; q++) {
        size_t best = 0;
        bool any = false;
        for (size_t t = 0; t < s->teams; t++) {
            any = any || (!s->team[t].gone && s->team[t].skill[q] == HIS);
            took[t] = 0;
        }
        for (size_t a = 0; a < s->agents; a++)
            took[s->of[a]] += s->took[a * s->lines + q];
        for (size_t t = 0; t < s->teams; t++)
            best = took[t] > took[best] ? t : best;
        if (!any && took[best] > 0)
            s->team[best].skill[q] = HIS;
    }
    return true;
}

/* ---- as groups of the log ---- */

/* Names of a scenario are plain letters: nothing would be left of others. */
static bool is_plain(const char *name)
{
    for (; *name; name++)
        if ((unsigned char)*name > 126)
            return false;
    return true;
}

/* "sales", "sales and help", "all queues" or "group 3". */
static void name_team(char *name, size_t size, const struct sorting *s, const struct team *team,
                      size_t number)
{
    size_t n = 0, used = 0;
    const char *of[2] = {"", ""};
    for (size_t q = 0; q < s->lines; q++) {
        used += s->share[q] > 0;
        if (team->skill[q] != HIS)
            continue;
        if (n < 2)
            of[n] = s->log->queue_name.name[q];
        n++;
    }
    bool plain = is_plain(of[0]) && is_plain(of[1]);
    if (n == used)
        snprintf(name, size, "all queues");
    else if (n == 1 && plain)
        snprintf(name, size, "%.80s", of[0]);
    else if (n == 2 && plain)
        snprintf(name, size, "%.80s and %.80s", of[0], of[1]);
    else
        snprintf(name, size, "group %zu", number);
}

/* The teams that are left, as groups with their queues, the most calls first. */
static bool make_groups(oh_fit *fit, oh_log *log, struct sorting *s, size_t groups)
{
    bool no_memory = false;
    size_t *number = arena_array(&fit->arena, s->teams, sizeof *number);
    bool *skill = arena_array(&fit->arena, groups * s->lines, sizeof *skill);
    if (!number || !skill)
        return false;
    for (size_t g = 0; g < groups; g++) {
        char name[200];
        size_t best = s->teams;
        for (size_t t = 0; t < s->teams; t++)
            if (!s->team[t].gone && (best == s->teams || s->team[t].calls > s->team[best].calls))
                best = t;
        struct team *team = &s->team[best];
        name_team(name, sizeof name, s, team, g + 1);
        if (name_number(&log->group_name, name, LOG_GROUPS, &no_memory) != g) {
            snprintf(name, sizeof name, "group %zu", g + 1);
            name_number(&log->group_name, name, LOG_GROUPS, &no_memory);
        }
        for (size_t q = 0; q < s->lines; q++)
            skill[g * s->lines + q] = team->skill[q] == HIS;
        number[best] = g;
        team->gone = true;
    }
    for (size_t i = 0; i < log->calls; i++) {
        struct log_call *call = &log->call[i];
        call->group = (uint8_t)(call->agent == UINT32_MAX ? 0 : number[s->of[call->agent]]);
    }
    log->has_groups = true;
    fit->agents.skill = skill;
    return !no_memory;
}

static void tell(oh_fit *fit, const oh_log *log, size_t groups)
{
    double all = 0, stray = 0;
    for (size_t i = 0; i < log->calls; i++) {
        const struct log_call *call = &log->call[i];
        bool answered = call->outcome == OUTCOME_ANSWERED;
        all += answered;
        stray += answered && !fit->agents.skill[call->group * log->queue_name.count + call->queue];
    }
    fit_note(fit,
             "the log names no groups: agents who answer the same queues are put together, which "
             "makes %zu (%.2g %% of the calls were answered by others)",
             groups, all > 0 ? 100 * stray / all : 0);
}

bool fit_skills(oh_fit *fit, oh_log *log)
{
    struct sorting s = {0};
    if (!log->has_calls || log->has_groups || log->queue_name.count < 2 ||
        log->agent_name.count < 2 || log->agent_name.count * log->queue_name.count > WORK)
        return true;
    if (!sorting_new(&s, &fit->arena, log))
        return false;
    look(&s);
    sort_agents(&s);
    if (!make_teams(&s, &fit->arena))
        return false;
    size_t left = join_teams(&s);
    if (left < 2)
        return true;
    if (!leave_no_queue(&s, &fit->arena) || !make_groups(fit, log, &s, left))
        return false;
    tell(fit, log, left);
    return true;
}
