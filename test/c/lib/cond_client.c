/* A consumer waits until a producer has put something. Bug 7: two consumers, of whom each believes a signal without looking again. */
#include "../weft.h"
#include "mutex.c"
#include "cond.c"

struct mutex mutex;
struct cond filled;
int items;

static NOINLINE void put(void) {
  mutex_lock(&mutex);
  items++;
  mutex_unlock(&mutex);
  cond_signal(&filled);
}

static NOINLINE void take(void) {
  mutex_lock(&mutex);
#if BUG == 7 /* a missing re-check: another may have taken it */
  if (items == 0) cond_wait(&filled, &mutex);
#else
  while (items == 0) cond_wait(&filled, &mutex);
#endif
  assert(items > 0);
  items--;
  mutex_unlock(&mutex);
}

void thread(int n) {
  if (n == 0) put();
  else take();
}

int main(void) {
  spawn_all();
#ifdef SECOND
  put();
  take();
#endif
  join_all();
  assert(items == 0);
  return items;
}
