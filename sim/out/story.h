/* story.h - the inside of <onhold/story.h>: events in order of time, and what stood when.
 */
#ifndef ONHOLD_SIM_STORY_H
#define ONHOLD_SIM_STORY_H

#include <onhold/story.h>

#include "call_log.h"
#include "emit.h"

/* In this order at one instant. */
enum story_kind {
    STORY_OPENS,
    STORY_COMES,  /* agents come on duty */
    STORY_ENDS,   /* an agent is free again */
    STORY_ANSWER, /* of a call that waited */
    STORY_LEAVES, /* a call that waited, without an answer */
    STORY_GOES,   /* agents go, or pause */
    STORY_SELF,   /* into self-service */
    STORY_JOINS,  /* waits, is answered at once, or turned away */
    STORY_CLOSES
};

struct story_event {
    double time;
    enum story_kind kind;
    size_t call;     /* index of the log; COMES, GOES: the group; OPENS, CLOSES: the opening */
    uint32_t agents; /* COMES, GOES: so many agents */
    size_t state;    /* the last change up to that instant */
};

/* What changed when: a queue's waiting calls, or a group's agents. */
struct story_change {
    double time;
    uint32_t thing; /* a queue, or queues + group */
    uint32_t now;   /* waiting, or on duty */
    uint32_t busy;  /* of those on duty */
};

/* Where the telling stands. */
struct story_view {
    uint32_t *level, *busy; /* [queues + groups]: of the changes so far */
    size_t at;              /* so many of them */
};

struct oh_story {
    const oh_model *model;
    struct call_log log;
    struct story_change *change;
    size_t changes, changes_room;
    struct story_event *event;
    size_t events;
    struct story_view *view;
    uint32_t most_on_duty, most_waiting;
    bool failed;
};

/* Brings level and busy to what they are after an event. */
void story_seek(const oh_story *story, size_t event);

/* The words of an event. */
void story_words(const oh_story *story, const struct story_event *event, struct emit *emit);

/* "08:03:12", with days "Mon 08:03:12", in steady mode "2:03:12" since the start. Holds 32 bytes.
 */
void story_time(const oh_model *model, double at, char text[32]);

#endif
