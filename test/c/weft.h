/*
 * What the programs here are written with: threads, atomic accesses, futexes, assertions. One file is one program.
 *
 * A program defines `main`, and `thread`, which thread number n (from 0) runs. Nothing else is linked: a thread is a new instance of
 * the module, made by wasi-threads' `thread-spawn`, over the memory that the module imports.
 *
 * What threads share is not `static`: clang takes a static variable that one function alone uses, and writes first, for a local one of
 * that function (Peterson's `turn` for instance), as if nobody else ran it.
 *
 * Clang makes every atomic access of C sequentially consistent for wasm32, whatever its order says; so the only weaker access is a
 * plain one.
 */
#ifndef WEFT_H
#define WEFT_H

#define NOINLINE __attribute__((noinline))
#define INLINE static inline __attribute__((always_inline))

/* ---- Atomic accesses */

#define load(place) __atomic_load_n(place, __ATOMIC_SEQ_CST)
#define store(place, value) __atomic_store_n(place, value, __ATOMIC_SEQ_CST)
#define exchange(place, value) __atomic_exchange_n(place, value, __ATOMIC_SEQ_CST)
#define fetch_add(place, value) __atomic_fetch_add(place, value, __ATOMIC_SEQ_CST)
#define fetch_sub(place, value) __atomic_fetch_sub(place, value, __ATOMIC_SEQ_CST)

/* Whether `*place` was `expected`, and is now `value`. */
#define compare_and_swap(place, expected, value) __sync_bool_compare_and_swap(place, expected, value)
/* What `*place` was; if that is `expected`, it is now `value`. */
#define compare_exchange(place, expected, value) __sync_val_compare_and_swap(place, expected, value)

/* ---- Futexes */

#define ALL 0x7fffffff

/* Clang knows only of `*place`: it would keep other variables in registers meanwhile. */
#define BARRIER __asm__ volatile("" ::: "memory")

/* Sleeps if `*place` is `expected`, until it is woken. */
INLINE void futex_wait(int *place, int expected) {
  BARRIER;
  __builtin_wasm_memory_atomic_wait32(place, expected, -1);
  BARRIER;
}

/* Wakes at most so many that sleep at `place`. */
INLINE void futex_wake(int *place, int most) {
  BARRIER;
  __builtin_wasm_memory_atomic_notify(place, most);
  BARRIER;
}

/* ---- Assertions */

INLINE void assert(int holds) {
  if (!holds) __builtin_trap();
}

/* ---- Threads */

#ifndef THREADS
#define THREADS 2
#endif
#define STACK 256

void thread(int n);

__attribute__((import_module("wasi"), import_name("thread-spawn"))) int thread_spawn(int argument);

int over[THREADS];
char stacks[THREADS][STACK] __attribute__((aligned(16)));

/* Every instance begins with the stack pointer of the first. */
__asm__(".globaltype __stack_pointer, i32\n");

static NOINLINE void run(int n) {
  thread(n);
  store(&over[n], 1);
  futex_wake(&over[n], 1);
}

__attribute__((export_name("wasi_thread_start"))) void wasi_thread_start(int tid, int n) {
  char *top = stacks[n] + STACK;
  __asm__ volatile("local.get %0\n"
                   "global.set __stack_pointer\n" ::"r"(top));
  run(n);
}

INLINE void spawn_all(void) {
  for (int n = 0; n < THREADS; n++) assert(thread_spawn(n) > 0);
}

/* Wasm wakes nobody without a notify, so one wait is enough. */
INLINE void join_all(void) {
  for (int n = 0; n < THREADS; n++) futex_wait(&over[n], 0);
}

__attribute__((export_name("main"))) int main(void);

#endif
