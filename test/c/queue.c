/* Michael and Scott's queue: one thread puts two items, another takes what it finds, in their order. */
#include "weft.h"

struct node {
  struct node *next;
  int value;
};

struct node nodes[3];
struct node *head, *tail;
int sum;

static NOINLINE void enqueue(struct node *node, int value) {
  node->value = value;
  for (;;) {
    struct node *last = load(&tail);
    struct node *next = load(&last->next);
    if (next) {
      compare_and_swap(&tail, last, next);
    } else if (compare_and_swap(&last->next, 0, node)) {
      compare_and_swap(&tail, last, node);
      return;
    }
  }
}

/* The value of the first item; 0 if there is none. */
static NOINLINE int dequeue(void) {
  for (;;) {
    struct node *first = load(&head);
    struct node *last = load(&tail);
    struct node *next = load(&first->next);
    if (!next) return 0;
    if (first == last) {
      compare_and_swap(&tail, last, next);
    } else {
      int value = next->value;
      if (compare_and_swap(&head, first, next)) return value;
    }
  }
}

void thread(int n) {
  if (n == 0) {
    enqueue(&nodes[1], 1);
    enqueue(&nodes[2], 2);
  } else {
    int first = dequeue(), second = dequeue();
    assert(first == 0 || first == 1);
    assert(first == 0 ? second != 2 : second == 0 || second == 2);
    sum = first + second;
  }
}

int main(void) {
  head = tail = &nodes[0];
  spawn_all();
  join_all();
  for (int value = dequeue(); value; value = dequeue()) sum += value;
  assert(sum == 3);
  return sum;
}
