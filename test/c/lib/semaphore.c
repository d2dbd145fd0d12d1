/* A semaphore in the manner of musl's: its value, and how many may sleep, so that a post need not wake anybody. */
struct semaphore {
  int value, waiters;
};

NOINLINE void semaphore_wait(struct semaphore *s) {
  for (;;) {
    int value = load(&s->value);
    if (value > 0) {
#if BUG == 11 /* a store where a compare-and-swap must be: two may take the same unit */
      store(&s->value, value - 1);
      return;
#else
      if (compare_and_swap(&s->value, value, value - 1)) return;
      continue;
#endif
    }
    fetch_add(&s->waiters, 1);
#if BUG == 12 /* a wrong expected value: it sleeps just when there is a unit */
    futex_wait(&s->value, 1);
#else
    futex_wait(&s->value, 0);
#endif
    fetch_sub(&s->waiters, 1);
  }
}

NOINLINE void semaphore_post(struct semaphore *s) {
#if BUG == 13 /* who waits is asked before the value is there */
  int waiters = load(&s->waiters);
  fetch_add(&s->value, 1);
#else
  fetch_add(&s->value, 1);
  int waiters = load(&s->waiters);
#endif
  if (waiters > 0) futex_wake(&s->value, 1);
}
