/*
 * carry.h - what a job keeps of a hop that is over, for the next one.
 *
 * The strings of a hop are in job_hop_mem().  Those that are still needed are
 * copied to new memory and the old is freed, so what a job holds does not grow
 * with the number of its hops and attempts.
 */
#ifndef CARRY_H
#define CARRY_H

struct job;

/*
 * A hop is over and another one follows: free its memory, except what the next
 * hop needs, and facts that the result has if no other attempt starts.  Of
 * these CARRIED_FACTS_MAX bytes are kept, the others are forgotten.  Sets
 * j->carried.
 */
void carry_over(struct job *j);

#endif /* CARRY_H */
