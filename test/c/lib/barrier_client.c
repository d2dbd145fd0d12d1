/* Parties that pass a barrier, each after a write that all others read: twice with two of them, once with three. */
#ifdef THREE
#define THREADS 2
#define ROUNDS 1
#else
#define THREADS 1
#define ROUNDS 2
#endif
#define PARTIES (THREADS + 1)
#include "../weft.h"
#include "barrier.c"

struct barrier barrier = {PARTIES, 0, 0};
int written[ROUNDS][PARTIES];

void thread(int n) {
  for (int round = 0; round < ROUNDS; round++) {
    written[round][n] = 1;
    barrier_wait(&barrier);
    for (int other = 0; other < PARTIES; other++) assert(written[round][other]);
  }
}

int main(void) {
  spawn_all();
  thread(THREADS);
  join_all();
  return 0;
}
