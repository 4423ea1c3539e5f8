/* story.h - one replication told event by event in plain words, for the classroom.
 */
#ifndef ONHOLD_STORY_H
#define ONHOLD_STORY_H

#include <onhold/run.h>

typedef struct oh_story oh_story;

/* Plays replication `number` of `seed`, the very one that run plays, and keeps its story. Statuses
 * and message as oh_run; nothing is kept unless OH_OK. The model must outlive *out, which the
 * caller frees. */
oh_status oh_story_play(oh_story **out, const oh_model *model, uint32_t seed, uint32_t number,
                        char message[256]);
void oh_story_free(oh_story *story);

size_t oh_story_events(const oh_story *story);

/* What is told before the first event: name, hours, the signs of the picture. */
oh_status oh_story_head(const oh_story *story, oh_sink sink);
/* One event, a line: time, a small picture of agents and line after it, and the words. */
oh_status oh_story_event(const oh_story *story, size_t i, oh_sink sink);
/* The larger picture after an event: a line for each queue and each group. */
oh_status oh_story_picture(const oh_story *story, size_t i, oh_sink sink);

#endif
