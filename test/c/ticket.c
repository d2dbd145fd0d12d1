/* A ticket lock: first come, first served. */
#define THREADS 3
#include "weft.h"

int next, serving;
int counter;

static NOINLINE void lock(void) {
  int mine = fetch_add(&next, 1);
  while (load(&serving) != mine) continue;
}

static NOINLINE void unlock(void) { store(&serving, serving + 1); }

void thread(int n) {
  lock();
  counter++;
  unlock();
}

int main(void) {
  spawn_all();
  join_all();
  assert(counter == THREADS);
  return counter;
}
