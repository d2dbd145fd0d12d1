/* Three philosophers with three forks, each of which a futex guards; the last takes them in the other order, so nobody starves. */
#define THREADS 3
#include "weft.h"
#include "lib/mutex.c"

struct mutex forks[THREADS];
int uses[THREADS];

void thread(int n) {
  int left = n, right = (n + 1) % THREADS;
  int first = left < right ? left : right, second = left < right ? right : left;
  mutex_lock(&forks[first]);
  mutex_lock(&forks[second]);
  uses[left]++;
  uses[right]++;
  mutex_unlock(&forks[second]);
  mutex_unlock(&forks[first]);
}

int main(void) {
  spawn_all();
  join_all();
  for (int n = 0; n < THREADS; n++) assert(uses[n] == 2);
  return 0;
}
