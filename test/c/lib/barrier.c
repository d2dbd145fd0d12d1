/* A barrier: the last of `parties` to arrive begins the next generation, which all others wait for. */
struct barrier {
  int parties, arrived, generation;
};

NOINLINE void barrier_wait(struct barrier *b) {
#if BUG == 8 /* the generation is read too late: it may be the next one */
  int last = fetch_add(&b->arrived, 1) + 1 == b->parties;
  int generation = load(&b->generation);
#else
  int generation = load(&b->generation);
  int last = fetch_add(&b->arrived, 1) + 1 == b->parties;
#endif
  if (!last) {
    while (load(&b->generation) == generation) futex_wait(&b->generation, generation);
    return;
  }
#if BUG == 9 /* the count is reset when others may already have come again */
  fetch_add(&b->generation, 1);
  store(&b->arrived, 0);
#else
  store(&b->arrived, 0);
  fetch_add(&b->generation, 1);
#endif
#if BUG == 10 /* one is woken where all wait */
  futex_wake(&b->generation, 1);
#else
  futex_wake(&b->generation, ALL);
#endif
}
