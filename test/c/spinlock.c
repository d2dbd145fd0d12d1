/* Test and set: what is done under the lock is plain. */
#include "weft.h"

int locked;
int counter;

static NOINLINE void lock(void) {
  while (exchange(&locked, 1))
    while (load(&locked)) continue;
}

static NOINLINE void unlock(void) { store(&locked, 0); }

void thread(int n) {
  lock();
  counter++;
  unlock();
}

int main(void) {
  spawn_all();
  thread(THREADS);
  join_all();
  assert(counter == THREADS + 1);
  return counter;
}
