/* Three threads (the main one is the third) that each add to a plain counter under the lock. */
#include "../weft.h"
#include "mutex.c"

struct mutex mutex;
int counter;

static NOINLINE void add(void) {
  mutex_lock(&mutex);
  counter++;
  mutex_unlock(&mutex);
}

void thread(int n) { add(); }

int main(void) {
  spawn_all();
  add();
  join_all();
  assert(counter == THREADS + 1);
  return counter;
}
