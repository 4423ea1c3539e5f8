/* bind_callers.c - callers who come back, are passed on, are called back, or hear announcements.
 */
#include <math.h>
#include <string.h>

#include "binder.h"

/* ---- calls that lead to others ---- */

void read_to(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    const char *name = value_text(b, node, "the name of a queue", row->form);
    struct named *entry = name ? queue_find(b, name, node->span) : NULL;
    if (entry)
        *(size_t *)target = entry->index;
}

void read_redial(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    struct spec_queue *queue = target;
    queue->redial.given = true;
    queue->redial.again = NAN;
    queue->redial.at_most = INFINITY;
    if (!want_map(b, node, row->form))
        return;
    section_read(b, row->path, node, queue);
    if (node_get(node, "after_abandon") || node_get(node, "after_block") ||
        misspelt(row->path, node, "after_abandon") || misspelt(row->path, node, "after_block"))
        return;
    finding(b->diags, CODE_E208, node->key_span, "who calls again? nobody is named");
    finding_hint(b->diags, "add  after_abandon: 40%%  (of those who hung up),  after_block: 70%%  "
                           "(of those who heard a busy tone), or both");
}

void read_unresolved(struct binder *b, const struct key_row *row, const struct node *node,
                     void *target)
{
    struct spec_queue *queue = target;
    queue->unresolved.given = true;
    read_section(b, row, node, queue);
}

static bool one_transfer(struct binder *b, const struct node *node, struct spec_transfer *out)
{
    size_t before = oh_diags_errors(b->diags);
    out->span = node->span;
    if (want_map(b, node, "{to: tier2, share: 10%}"))
        section_read(b, "queues.*.transfer.*", node, out);
    return !found_since(b, before);
}

void read_transfer(struct binder *b, const struct key_row *row, const struct node *node,
                   void *target)
{
    struct spec_queue *queue = target;
    size_t n = node->kind == NODE_LIST ? node->count : 1, i = 0;
    double sum = 0;
    char text[48];
    bool good = true;
    if (node->kind == NODE_SCALAR && !want_list(b, node, row->form))
        return;
    if (n == 0 || n > SPEC_MAX_NAMES) {
        finding(b->diags, CODE_E218, node->span, "%zu transfers; a list has 1 to %d", n,
                SPEC_MAX_NAMES);
        return;
    }
    struct spec_transfer *transfer = arena_array(b->arena, n, sizeof *transfer);
    if (!transfer) {
        b->no_memory = true;
        return;
    }
    if (node->kind == NODE_MAP)
        good = one_transfer(b, node, &transfer[i++]);
    for (const struct node *item = node->first; node->kind == NODE_LIST && item; item = item->next)
        good = one_transfer(b, item, &transfer[i++]) && good;
    for (i = 0; i < n; i++)
        sum += transfer[i].share;
    queue->transfers = n;
    queue->transfer = transfer;
    if (good && sum > 1 + 1e-9)
        finding(b->diags, CODE_E204, node->span,
                "the shares of 'transfer' sum to %s, which is more than 100%%",
                words_for(text, VALUE_SHARE, sum));
}

static double passed_on(const struct spec_queue *queue)
{
    double sum = 0;
    for (size_t i = 0; i < queue->transfers; i++)
        sum += queue->transfer[i].share;
    return sum;
}

/* Every contact must end some time: from each queue a way must lead to one that keeps some. */
void transfers_check(struct binder *b)
{
    struct spec *spec = b->spec;
    bool *ends = arena_array(&b->scratch, spec->queues, sizeof *ends);
    if (!ends) {
        b->no_memory = true;
        return;
    }
    for (size_t q = 0; q < spec->queues; q++)
        ends[q] = passed_on(&spec->queue[q]) < 1;
    for (bool more = true; more;) {
        more = false;
        for (size_t q = 0; q < spec->queues; q++)
            for (size_t i = 0; i < spec->queue[q].transfers && !ends[q]; i++) {
                const struct spec_transfer *t = &spec->queue[q].transfer[i];
                more = more || (t->share > 0 && ends[t->to]);
                ends[q] = t->share > 0 && ends[t->to];
            }
    }
    for (size_t q = 0; q < spec->queues; q++)
        if (!ends[q]) {
            finding(b->diags, CODE_E219, spec->queue[q].transfer[0].span,
                    "all contacts of '%s' are passed on for ever", spec->queue[q].name);
            finding_hint(b->diags, "let one of the queues keep a part: shares below 100%%");
            return;
        }
}

/* ---- while they wait ---- */

void read_announce(struct binder *b, const struct key_row *row, const struct node *node,
                   void *target)
{
    struct spec_queue *queue = target;
    queue->has_announce = true;
    queue->announce_at = NAN;
    queue->announce_every = INFINITY;
    if (!want_map(b, node, row->form))
        return;
    section_read(b, row->path, node, queue);
    if (!node_get(node, "at") && !node_get(node, "every") && !misspelt(row->path, node, "every")) {
        finding(b->diags, CODE_E208, node->key_span, "when is the announcement made?");
        finding_hint(b->diags, "add  at: 30 s  (once, after that wait),  every: 60 s, or both");
    }
    if (isnan(queue->announce_at))
        queue->announce_at = queue->announce_every;
}

void read_place(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    static const struct choice places[] = {{"keep", true}, {"last", false}};
    int value;
    (void)row;
    if (choice_read(b, node, places, 2, &value))
        *(bool *)target = value;
}

void read_offer(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    struct spec_queue *queue = target;
    if (!want_map(b, node, row->form))
        return;
    const struct node *wait = node_get(node, "wait_over"), *line = node_get(node, "waiting_over");
    section_read(b, row->path, node, queue);
    queue->callback.by_wait = wait != NULL;
    if (wait && line) {
        finding(b->diags, CODE_E208, line->key_span,
                "'wait_over' and 'waiting_over' exclude each "
                "other");
        finding_note(b->diags, wait->key_span, "'wait_over' is here");
    } else if (!wait && !line && !misspelt(row->path, node, "wait_over") &&
               !misspelt(row->path, node, "waiting_over")) {
        finding(b->diags, CODE_E208, node->key_span, "to whom is a call back offered?");
        finding_hint(b->diags, "write  offer: {wait_over: 2 min}  (expected wait above that; 0 s: "
                               "to all who must wait) or  offer: {waiting_over: 10}  (more callers "
                               "in line than that)");
    }
}

void read_callback(struct binder *b, const struct key_row *row, const struct node *node,
                   void *target)
{
    struct spec_queue *queue = target;
    struct spec_callback *callback = &queue->callback;
    *callback = (struct spec_callback){
        .given = true, .accept = 1, .keep = true, .answers = 1, .attempts = 1, .dial_when_free = 1};
    if (!want_map(b, node, row->form))
        return;
    section_read(b, row->path, node, queue);
    const struct node *retry = node_get(node, "retry"), *attempts = node_get(node, "attempts");
    if (callback->attempts > 1 && !retry && !misspelt(row->path, node, "retry")) {
        finding(b->diags, CODE_E202, attempts->key_span,
                "'retry' is missing: how long after a dial that is not answered comes the next?");
        finding_hint(b->diags, "add, for example,  retry: 15 min");
    }
    if (retry && !attempts && !b->is_variant) {
        finding(b->diags, CODE_W202, retry->key_span,
                "'retry' has no effect: there is one attempt unless 'attempts' says more");
        finding_hint(b->diags, "add, for example,  attempts: 3");
    }
}
