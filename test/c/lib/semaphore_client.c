/* A semaphore as a lock of three threads: whoever has its one unit adds to a plain counter. */
#include "../weft.h"
#include "semaphore.c"

struct semaphore semaphore = {1, 0};
int counter;

static NOINLINE void add(void) {
  semaphore_wait(&semaphore);
  counter++;
  semaphore_post(&semaphore);
}

void thread(int n) { add(); }

int main(void) {
  spawn_all();
#ifdef THREE
  add();
#endif
  join_all();
#ifdef THREE
  assert(counter == THREADS + 1);
#else
  assert(counter == THREADS);
#endif
  return counter;
}
