import { describe, expect, test } from 'vitest';
import type { Response } from '../../../src/event/request.ts';
import type { TrieNode } from '../../../src/exec/answer-trie.ts';
import { AnswerTrie } from '../../../src/exec/answer-trie.ts';
import { makeExec } from '../../../src/exec/executor.ts';
import type { ExecState } from '../../../src/exec/thread.ts';
import { callStart } from '../../../src/runtime/call-start.ts';
import type { CallStart } from '../../../src/runtime/executor.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import { func, load } from './wat.ts';

const MODULE = load(`(module (memory 1 2 shared)
  (func (export "two") (result i32) (i32.add (i32.load8_u (i32.const 0)) (i32.load8_u (i32.const 1))))
  (func (export "await") (loop (br_if 0 (i32.eqz (i32.atomic.load8_u (i32.const 0))))))
  (func (export "lock") (loop (br_if 0 (i32.atomic.rmw8.cmpxchg_u (i32.const 0) (i32.const 0) (i32.const 1)))))
  (func (export "add") (loop (br_if 0 (i32.atomic.rmw8.add_u (i32.const 0) (i32.const 0)))))
  (func (export "publish") (loop (i32.store8 (i32.const 4) (i32.const 1)) (br_if 0 (i32.atomic.load8_u (i32.const 0)))))
  (func (export "wait") (loop (br_if 0 (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)))))
  (func (export "rest") (loop
    (drop (memory.size)) (atomic.fence) (drop (memory.atomic.notify (i32.const 0) (i32.const 1))) (br_if 0 (i32.load8_u (i32.const 0)))))
  (func (export "grow") (loop (br_if 0 (i32.add (memory.grow (i32.const 0)) (i32.const 1))))))`);

const exec = makeExec({ readings: DEFAULT_READINGS, fuel: 1000 });

function trie(): AnswerTrie<ExecState, CallStart> {
  return new AnswerTrie(exec);
}

function walk(tree: AnswerTrie<ExecState, CallStart>, name: string, ...answers: Response[]): TrieNode<ExecState> {
  return answers.reduce(
    (node, answer) => tree.child(node, answer),
    tree.root(callStart(func(MODULE, name), [], new Map())),
  );
}

const byte = (value: number): Response => ({ kind: 'units', units: [value] });
const written: Response = { kind: 'units', units: [] };

describe('the answer trie', () => {
  test('is filled once for equal starts and answers', () => {
    const tree = trie();
    const node = walk(tree, 'two', byte(1));
    expect(walk(tree, 'two', { kind: 'units', units: Uint8Array.of(1) })).toBe(node);
    expect(walk(tree, 'two', byte(2))).not.toBe(node);
    expect(tree.size).toBe(3);
    expect(node.depth).toBe(1);
    expect(node.parent).toBe(walk(tree, 'two'));
  });

  test('its nodes ask what the thread asks, to the end', () => {
    const end = walk(trie(), 'two', byte(30), byte(12));
    expect(end.request.kind).toBe('done');
    expect(exec.completion(end.state).results).toEqual([{ type: 'i32', value: 42 }]);
  });
});

describe('spinning', () => {
  const spins = (name: string, ...answers: Response[]) => {
    const tree = trie();
    const node = walk(tree, name, ...answers);
    return node.spin === null ? null : node.spin.depth;
  };

  test('a read that comes back to the same state', () => {
    expect(spins('await')).toBe(null);
    expect(spins('await', byte(0))).toBe(0);
    expect(spins('await', byte(0), byte(0))).toBe(1);
    expect(spins('await', byte(1))).toBe(null);
  });

  test('a compare-exchange that failed, not one that succeeded', () => {
    expect(spins('lock', byte(1))).toBe(0);
    expect(spins('lock', byte(0))).toBe(null);
  });

  test('a read-modify-write that writes what it read; what it rewrote is told', () => {
    expect(spins('add', byte(1))).toBe(0);
    expect(walk(trie(), 'add', byte(1)).rewrites).toMatchObject([{ offset: 0, failed: false }]);
    expect(walk(trie(), 'lock', byte(1)).rewrites).toMatchObject([{ failed: true }]);
    expect(walk(trie(), 'await', byte(0)).rewrites).toEqual([]);
  });

  test('not across a write', () => {
    expect(spins('publish', written, byte(1))).toBe(null);
    expect(spins('publish', written, byte(1), written, byte(1))).toBe(null);
  });

  test('a wait that found another value, not one that was woken or timed out', () => {
    expect(spins('wait', { kind: 'waited', result: 1 })).toBe(0);
    expect(spins('wait', { kind: 'waited', result: 2 })).toBe(null);
    expect(spins('wait', { kind: 'waited', result: 0 })).toBe(null);
  });

  test('sizes, fences and notifications that woke nobody do not count', () => {
    const round = (woke: number): Response[] => [byte(1), { kind: 'unit' }, { kind: 'notified', woke }, byte(1)];
    expect(spins('rest', ...round(0))).toBe(0);
    expect(spins('rest', ...round(1))).toBe(null);
  });

  test('not growth', () => {
    expect(spins('grow', { kind: 'grown', previous: 1 })).toBe(null);
  });
});
