/**
 * Synchronisation algorithms in Wasm text, each for two threads that start together: the locks guard a plain counter at 0, the containers hand out
 * the numbers 1 and 2, the deque and the seqlock tell whether something went wrong. `final`, called after both ended, returns `expected` if the
 * algorithm did its work. Accesses have the order that is asked for; a fence is put where the algorithm has one.
 */
export interface Algorithm {
  readonly name: string;
  readonly functions: string;
  readonly final: string;
  readonly expected: number;
}

type Order = 'seq_cst' | 'acq_rel';

/** Instructions with the order; addresses and values are instructions in parentheses, or numbers. */
class Writer {
  readonly #order: string;

  constructor(order: Order) {
    this.#order = order === 'acq_rel' ? ' acq_rel' : '';
  }

  load(at: Operand): string {
    return `(i32.atomic.load${this.#order} ${text(at)})`;
  }

  store(at: Operand, value: Operand): string {
    return `(i32.atomic.store${this.#order} ${text(at)} ${text(value)})`;
  }

  exchange(at: Operand, value: Operand): string {
    return `(i32.atomic.rmw.xchg${this.#order} ${text(at)} ${text(value)})`;
  }

  add(at: Operand, value: Operand): string {
    return `(i32.atomic.rmw.add${this.#order} ${text(at)} ${text(value)})`;
  }

  compareExchange(at: Operand, expected: Operand, value: Operand): string {
    return `(i32.atomic.rmw.cmpxchg${this.#order} ${text(at)} ${text(expected)} ${text(value)})`;
  }
}

type Operand = string | number;

function text(operand: Operand): string {
  return typeof operand === 'number' ? `(i32.const ${operand})` : operand;
}

/** Goes round until the condition is false. */
function spinWhile(condition: string): string {
  return `(loop $spin (br_if $spin ${condition}))`;
}

function plus(a: Operand, b: Operand): string {
  return `(i32.add ${text(a)} ${text(b)})`;
}

function not(a: string): string {
  return `(i32.eqz ${a})`;
}

const ME = '(local.get $me)';
const OTHER = '(i32.sub (i32.const 1) (local.get $me))';
/** Of an array at the address, the element of a thread. */
const at = (base: number, index: string): string => `(i32.add (i32.const ${base}) (i32.shl ${index} (i32.const 2)))`;
const COUNT = '(i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))';
const COUNTER = { final: '(i32.load (i32.const 0))', expected: 2 };

function lock(name: string, locals: string, enter: string, leave: string): Algorithm {
  return { name, functions: `(func $run shared (param $me i32) ${locals}\n${enter}\n${COUNT}\n${leave})`, ...COUNTER };
}

export function testAndSet(order: Order, unlock: 'atomic' | 'plain' | 'none' = 'atomic'): Algorithm {
  const w = new Writer(order);
  const unlocking = { atomic: w.store(64, 0), plain: '(i32.store (i32.const 64) (i32.const 0))', none: '' }[unlock];
  return lock('test-and-set', '', spinWhile(w.exchange(64, 1)), unlocking);
}

/** Spins on a load between two attempts. */
export function testAndTestAndSet(order: Order): Algorithm {
  const w = new Writer(order);
  const enter = `(block $done (loop $again ${spinWhile(w.load(64))} (br_if $done ${not(w.exchange(64, 1))}) (br $again)))`;
  return lock('test-and-test-and-set', '', enter, w.store(64, 0));
}

export function ticketLock(order: Order): Algorithm {
  const w = new Writer(order);
  const enter = `(local.set $mine ${w.add(64, 1)}) ${spinWhile(`(i32.ne ${w.load(68)} (local.get $mine))`)}`;
  return lock('ticket', '(local $mine i32)', enter, w.store(68, plus('(local.get $mine)', 1)));
}

/** A node of 8 bytes for each thread: the next one, and whether its thread is locked out. */
export function mcsLock(order: Order): Algorithm {
  const w = new Writer(order);
  const [node, before] = ['(local.get $node)', '(local.get $before)'];
  const enter = `
    (local.set $node (i32.add (i32.const 128) (i32.shl ${ME} (i32.const 3))))
    ${w.store(node, 0)} ${w.store(plus(node, 4), 1)}
    (local.set $before ${w.exchange(64, node)})
    (if ${before} (then ${w.store(before, node)} ${spinWhile(w.load(plus(node, 4)))}))`;
  const leave = `
    (block $done
      (if ${not(w.load(node))} (then
        (br_if $done (i32.eq ${w.compareExchange(64, node, 0)} ${node}))
        ${spinWhile(not(w.load(node)))}))
      ${w.store(plus(w.load(node), 4), 0)})`;
  return lock('MCS', '(local $node i32) (local $before i32)', enter, leave);
}

export function peterson(order: Order): Algorithm {
  const w = new Writer(order);
  const enter = `
    ${w.store(at(64, ME), 1)} ${w.store(72, OTHER)}
    ${spinWhile(`(if (result i32) ${w.load(at(64, OTHER))} (then (i32.eq ${w.load(72)} ${OTHER})) (else (i32.const 0)))`)}`;
  return lock('Peterson', '', enter, w.store(at(64, ME), 0));
}

export function dekker(order: Order): Algorithm {
  const w = new Writer(order);
  const enter = `
    ${w.store(at(64, ME), 1)}
    (block $in (loop $again
      (br_if $in ${not(w.load(at(64, OTHER)))})
      (if (i32.ne ${w.load(72)} ${ME}) (then
        ${w.store(at(64, ME), 0)} ${spinWhile(`(i32.ne ${w.load(72)} ${ME})`)} ${w.store(at(64, ME), 1)}))
      (br $again)))`;
  return lock('Dekker', '', enter, `${w.store(72, OTHER)} ${w.store(at(64, ME), 0)}`);
}

/** Both give way, and try again. */
export function dekkerWithoutTurn(order: Order): Algorithm {
  const w = new Writer(order);
  const enter = `
    ${w.store(at(64, ME), 1)}
    (block $in (loop $again
      (br_if $in ${not(w.load(at(64, OTHER)))})
      ${w.store(at(64, ME), 0)} ${w.store(at(64, ME), 1)}
      (br $again)))`;
  return lock('Dekker without a turn', '', enter, w.store(at(64, ME), 0));
}

export function szymanski(order: Order): Algorithm {
  const w = new Writer(order);
  const [mine, other] = [at(64, ME), w.load(at(64, OTHER))];
  const enter = `
    ${w.store(mine, 1)} ${spinWhile(`(i32.ge_u ${other} (i32.const 3))`)} ${w.store(mine, 3)}
    (if (i32.eq ${other} (i32.const 1)) (then ${w.store(mine, 2)} ${spinWhile(`(i32.ne ${other} (i32.const 4))`)}))
    ${w.store(mine, 4)}
    (if ${ME} (then ${spinWhile(`(i32.ge_u ${other} (i32.const 2))`)}))`;
  const leave = `
    (if ${not(ME)} (then ${spinWhile(`(i32.eq (i32.and ${other} (i32.const 6)) (i32.const 2))`)}))
    ${w.store(mine, 0)}`;
  return lock('Szymanski', '', enter, leave);
}

/** Lamport’s fast mutual exclusion; `x` at 72, `y` at 76, threads are 1 and 2 there. */
export function lamport(order: Order): Algorithm {
  const w = new Writer(order);
  const [x, y, mine, self] = [72, 76, at(64, ME), plus(ME, 1)];
  const enter = `
    (block $in (loop $start
      ${w.store(mine, 1)} ${w.store(x, self)}
      (if ${w.load(y)} (then ${w.store(mine, 0)} ${spinWhile(w.load(y))} (br $start)))
      ${w.store(y, self)}
      (br_if $in (i32.eq ${w.load(x)} ${self}))
      ${w.store(mine, 0)}
      ${spinWhile(w.load(at(64, OTHER)))}
      (br_if $in (i32.eq ${w.load(y)} ${self}))
      ${spinWhile(w.load(y))}
      (br $start)))`;
  return lock('Lamport’s fast mutex', '', enter, `${w.store(y, 0)} ${w.store(mine, 0)}`);
}

const SUM = { final: '(i32.add (i32.load (i32.const 4)) (i32.load (i32.const 8)))', expected: 3 };
const RESULT = (value: string): string => `(i32.store ${at(4, ME)} ${value})`;

/** Each thread pushes its number and pops one: a node is 8 bytes, the next one and the value. The top is at 64. */
export function treiber(order: Order): Algorithm {
  const w = new Writer(order);
  const [node, old] = ['(local.get $node)', '(local.get $old)'];
  const functions = `(func $run shared (param $me i32) (local $node i32) (local $old i32)
    (local.set $node (i32.add (i32.const 128) (i32.shl ${ME} (i32.const 3))))
    (i32.store (i32.add ${node} (i32.const 4)) ${plus(ME, 1)})
    (loop $push
      (local.set $old ${w.load(64)})
      ${w.store(node, old)}
      (br_if $push (i32.ne ${w.compareExchange(64, old, node)} ${old})))
    (loop $pop
      (local.set $old ${w.load(64)})
      (br_if $pop (i32.ne ${w.compareExchange(64, old, w.load(old))} ${old})))
    ${RESULT(`(i32.load (i32.add ${old} (i32.const 4)))`)})`;
  return { name: 'Treiber’s stack', functions, ...SUM };
}

/** Each thread enqueues its number and dequeues one. The head is at 64, the tail at 68; the first node is a dummy, at 128. */
export function michaelScott(order: Order): Algorithm {
  const w = new Writer(order);
  const [node, head, tail, next] = ['(local.get $node)', '(local.get $head)', '(local.get $tail)', '(local.get $next)'];
  const functions = `(data (i32.const 64) "\\80\\00\\00\\00\\80\\00\\00\\00")
  (func $enqueue shared (param $node i32) (local $tail i32) (local $next i32)
    (block $done (loop $again
      (local.set $tail ${w.load(68)})
      (local.set $next ${w.load(tail)})
      (if ${next}
        (then (drop ${w.compareExchange(68, tail, next)}))
        (else (br_if $done (i32.eqz ${w.compareExchange(tail, 0, node)}))))
      (br $again)))
    (drop ${w.compareExchange(68, tail, node)}))
  (func $dequeue shared (result i32) (local $head i32) (local $tail i32) (local $next i32)
    (loop $again
      (local.set $head ${w.load(64)})
      (local.set $tail ${w.load(68)})
      (local.set $next ${w.load(head)})
      (br_if $again (i32.ne ${w.load(64)} ${head}))
      (if (i32.eq ${head} ${tail})
        (then
          (if (i32.eqz ${next}) (then (return (i32.const 0))))
          (drop ${w.compareExchange(68, tail, next)})
          (br $again)))
      (br_if $again (i32.ne ${w.compareExchange(64, head, next)} ${head})))
    (i32.load (i32.add ${next} (i32.const 4))))
  (func $run shared (param $me i32) (local $node i32)
    (local.set $node (i32.add (i32.const 136) (i32.shl ${ME} (i32.const 3))))
    (i32.store (i32.add ${node} (i32.const 4)) ${plus(ME, 1)})
    (call $enqueue ${node})
    ${RESULT('(call $dequeue)')})`;
  return { name: 'Michael and Scott’s queue', functions, ...SUM };
}

/**
 * The owner pushes 1 and 2 and takes one, the thief steals two, trying again where another was first. The top is at 64, the bottom at 68, the
 * elements begin at 128. `final` is 1 unless what is taken was stolen too.
 */
export function chaseLev(order: Order): Algorithm {
  const w = new Writer(order);
  const [b, t, x] = ['(local.get $b)', '(local.get $t)', '(local.get $x)'];
  const push = (value: number): string => `
    (local.set $b ${w.load(68)}) ${w.store(at(128, b), value)} ${w.store(68, plus(b, 1))}`;
  const functions = `(func $take shared (result i32) (local $b i32) (local $t i32) (local $x i32)
    (local.set $b (i32.sub ${w.load(68)} (i32.const 1)))
    ${w.store(68, b)}
    (local.set $t ${w.load(64)})
    (if (i32.lt_s ${b} ${t}) (then ${w.store(68, plus(b, 1))} (return (i32.const 0))))
    (local.set $x ${w.load(at(128, b))})
    (if (i32.eq ${b} ${t}) (then
      (if (i32.ne ${w.compareExchange(64, t, plus(t, 1))} ${t}) (then (local.set $x (i32.const 0))))
      ${w.store(68, plus(b, 1))}))
    ${x})
  (func $steal shared (result i32) (local $t i32) (local $x i32)
    (loop $again
      (local.set $t ${w.load(64)})
      (if (i32.ge_s ${t} ${w.load(68)}) (then (return (i32.const 0))))
      (local.set $x ${w.load(at(128, t))})
      (br_if $again (i32.ne ${w.compareExchange(64, t, plus(t, 1))} ${t})))
    ${x})
  (func $run shared (param $me i32) (local $b i32)
    (if ${ME}
      (then (drop (call $steal)) ${RESULT('(call $steal)')})
      (else ${push(1)} ${push(2)} ${RESULT('(call $take)')})))`;
  const final = `(i32.or (i32.eqz (i32.load (i32.const 4))) (i32.ne (i32.load (i32.const 4)) (i32.load (i32.const 8))))`;
  return { name: 'Chase and Lev’s deque', functions, final, expected: 1 };
}

/** One thread writes two words, the other reads them until no write was under way. `final` is 1 if it read equal ones. */
export function seqlock(order: Order, data: 'atomic' | 'plain' = 'atomic'): Algorithm {
  const w = new Writer(order);
  const store = (p: number): string =>
    data === 'atomic' ? w.store(p, 1) : `(i32.store (i32.const ${p}) (i32.const 1))`;
  const load = (p: number): string => (data === 'atomic' ? w.load(p) : `(i32.load (i32.const ${p}))`);
  const [seen, a, b] = ['(local.get $seen)', '(local.get $a)', '(local.get $b)'];
  const functions = `(func $run shared (param $me i32) (local $seen i32) (local $a i32) (local $b i32)
    (if ${ME}
      (then
        (loop $again
          (local.set $seen ${w.load(64)})
          (br_if $again (i32.and ${seen} (i32.const 1)))
          (local.set $a ${load(68)}) (local.set $b ${load(72)})
          (br_if $again (i32.ne ${w.load(64)} ${seen})))
        (i32.store (i32.const 0) (i32.eq ${a} ${b})))
      (else ${w.store(64, 1)} ${store(68)} ${store(72)} ${w.store(64, 2)})))`;
  return { name: 'seqlock', functions, final: '(i32.load (i32.const 0))', expected: 1 };
}

/** The algorithm as a script, for as many threads as asked, numbered from 0. */
export function script({ functions, final, expected }: Algorithm, threads = 2): string {
  const all = Array.from({ length: threads }, (_, i) => i);
  return `(module $M shared
  (memory (export "mem") 1 1 shared)
  ${functions}
${all.map((i) => `  (func (export "t${i}") shared (call $run (i32.const ${i})))`).join('\n')}
  (func (export "final") shared (result i32) ${final}))
(register "M")
${all.map((i) => `(thread $T${i} (shared (module $M)) (invoke $M "t${i}"))`).join('\n')}
${all.map((i) => `(wait $T${i})`).join('\n')}
(assert_return (invoke $M "final") (i32.const ${expected}))
`;
}
