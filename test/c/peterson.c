/* Peterson's lock: by loads and stores alone, which must be sequentially consistent. */
#include "weft.h"

int wants[2], turn;
int counter;

static NOINLINE void lock(int me) {
  int other = 1 - me;
  store(&wants[me], 1);
  store(&turn, other);
  while (load(&wants[other]) && load(&turn) == other) continue;
}

static NOINLINE void unlock(int me) { store(&wants[me], 0); }

void thread(int n) {
  lock(n);
  counter++;
  unlock(n);
}

int main(void) {
  spawn_all();
  join_all();
  assert(counter == 2);
  return counter;
}
