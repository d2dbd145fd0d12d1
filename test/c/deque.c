/* Chase and Lev's deque, of fixed size: the owner puts and takes at the bottom, a thief steals from the top; each item is had once. */
#include "weft.h"

#define SIZE 4

int top, bottom;
int items[SIZE];
int had[2];

static NOINLINE void push(int item) {
  int b = load(&bottom);
  store(&items[b % SIZE], item);
  store(&bottom, b + 1);
}

/* The latest item; 0 if there is none. */
static NOINLINE int take(void) {
  int b = load(&bottom) - 1;
  store(&bottom, b);
  int t = load(&top);
  int item = 0;
  if (t <= b) {
    item = load(&items[b % SIZE]);
    if (t != b) return item;
    if (!compare_and_swap(&top, t, t + 1)) item = 0;
  }
  store(&bottom, b + 1);
  return item;
}

/* The oldest item; 0 if there is none, or another was faster. */
static NOINLINE int steal(void) {
  int t = load(&top);
  int b = load(&bottom);
  if (t >= b) return 0;
  int item = load(&items[t % SIZE]);
  return compare_and_swap(&top, t, t + 1) ? item : 0;
}

static void have(int item) {
  if (item) assert(fetch_add(&had[item - 1], 1) == 0);
}

void thread(int n) {
  if (n == 0) {
    push(1);
    push(2);
    have(take());
    have(take());
  } else {
    have(steal());
    have(steal());
  }
}

int main(void) {
  spawn_all();
  join_all();
  assert(had[0] == 1 && had[1] == 1);
  return 0;
}
