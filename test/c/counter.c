/* A counter that grows by compare-and-swap: nothing is lost. */
#include "weft.h"

#define ROUNDS 2

int counter;

static NOINLINE void increment(void) {
  int seen;
  do seen = load(&counter);
  while (!compare_and_swap(&counter, seen, seen + 1));
}

void thread(int n) {
  for (int i = 0; i < ROUNDS; i++) increment();
}

int main(void) {
  spawn_all();
  join_all();
  assert(counter == THREADS * ROUNDS);
  return counter;
}
