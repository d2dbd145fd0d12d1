/* Treiber's stack: every thread pushes an item and pops one; none is lost, none comes twice. */
#include "weft.h"

struct item {
  struct item *next;
  int taken;
};

struct item *top;
struct item items[THREADS];

static NOINLINE void push(struct item *item) {
  struct item *seen;
  do {
    seen = load(&top);
    item->next = seen;
  } while (!compare_and_swap(&top, seen, item));
}

/* Items are not used again, so that an address stands for one item (no ABA). */
static NOINLINE struct item *pop(void) {
  struct item *seen;
  do {
    seen = load(&top);
    if (!seen) return 0;
  } while (!compare_and_swap(&top, seen, seen->next));
  return seen;
}

void thread(int n) {
  push(&items[n]);
  struct item *item = pop();
  assert(item != 0);
  item->taken++;
}

int main(void) {
  spawn_all();
  join_all();
  assert(!top);
  for (int n = 0; n < THREADS; n++) assert(items[n].taken == 1);
  return 0;
}
