/*
 * A condition variable in the manner of musl's for processes: a sequence number that every signal changes, so that one
 * between a waiter's unlock and its sleep is not lost.
 */
struct cond {
  int sequence;
};

NOINLINE void cond_wait(struct cond *c, struct mutex *m) {
#if BUG == 5 /* the sequence number is read too late */
  mutex_unlock(m);
  int seen = load(&c->sequence);
#else
  int seen = load(&c->sequence);
  mutex_unlock(m);
#endif
  futex_wait(&c->sequence, seen);
  mutex_lock(m);
}

NOINLINE void cond_signal(struct cond *c) {
#if BUG != 6 /* 6: the number stays, so whoever was about to sleep does */
  fetch_add(&c->sequence, 1);
#endif
  futex_wake(&c->sequence, 1);
}
