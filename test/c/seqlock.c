/* A sequence lock: a reader that sees an even number twice has seen both halves of one write. */
#include "weft.h"

int sequence;
int low, high;

static NOINLINE void write(int value) {
  fetch_add(&sequence, 1);
  store(&low, value);
  store(&high, value);
  fetch_add(&sequence, 1);
}

static NOINLINE int read(void) {
  for (;;) {
    int before = load(&sequence);
    if (before & 1) continue;
    int a = load(&low), b = load(&high);
    if (load(&sequence) != before) continue;
    assert(a == b);
    return a;
  }
}

int seen;

void thread(int n) {
  if (n == 0) {
    write(1);
    write(2);
  } else {
    seen = read();
  }
}

int main(void) {
  spawn_all();
  join_all();
  return seen;
}
