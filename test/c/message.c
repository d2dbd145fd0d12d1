/* Messages: plain data, an atomic flag; a second thread passes the message on. */
#include "weft.h"

int data[2], ready[2];

static NOINLINE void put(int box, int value) {
  data[box] = value;
  store(&ready[box], 1);
}

static NOINLINE int get(int box) {
  while (!load(&ready[box])) continue;
  return data[box];
}

void thread(int n) {
  if (n == 0) put(0, 42);
  else put(1, get(0) + 1);
}

int main(void) {
  spawn_all();
  int value = get(1);
  assert(value == 43 && data[0] == 42);
  join_all();
  return value;
}
