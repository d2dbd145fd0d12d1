/*
 * A mutex in the manner of musl's and of Drepper's "Futexes are tricky".
 * `state`: 0 free, 1 held, 2 held and perhaps waited for.
 */
struct mutex {
  int state;
};

NOINLINE void mutex_lock(struct mutex *m) {
  int seen = compare_exchange(&m->state, 0, 1);
  if (seen == 0) return;
#if BUG == 1 /* a missing re-check: whoever is woken takes it that it has the lock */
  if (exchange(&m->state, 2) != 0) futex_wait(&m->state, 2);
#elif BUG == 2 /* a wrong value: whoever was woken says that nobody else waits */
  if (exchange(&m->state, 2) == 0) return;
  do futex_wait(&m->state, 2);
  while (exchange(&m->state, 1) != 0);
#else
  while (exchange(&m->state, 2) != 0) futex_wait(&m->state, 2);
#endif
}

NOINLINE void mutex_unlock(struct mutex *m) {
#if BUG == 3 /* a weakened order: what is read and written plainly is not read and written at once */
  int seen = *(volatile int *)&m->state;
  *(volatile int *)&m->state = 0;
  if (seen == 2) futex_wake(&m->state, 1);
#elif BUG == 4 /* the notify before the store */
  if (load(&m->state) == 2) futex_wake(&m->state, 1);
  store(&m->state, 0);
#else
  if (exchange(&m->state, 0) == 2) futex_wake(&m->state, 1);
#endif
}
