import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import type { ExploreDone } from '../../../src/cli/explore-job.ts';
import { exploreJob } from '../../../src/cli/explore-job.ts';
import type { ReplayDone } from '../../../src/cli/replay-job.ts';
import { replayJob } from '../../../src/cli/replay-job.ts';
import type { ReplayEvent, ReplayFile } from '../../../src/explore/replay/file.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';

const PATH = 'models/litmus/wait-notify/lost-wake-up.wast';
const TEXT = readFileSync(PATH, 'utf8');
const MP = readFileSync('models/litmus/classic/MP.wast', 'utf8');

function explored(
  path: string,
  text: string,
  draw: Partial<Parameters<typeof exploreJob>[0]['draw']> = {},
  more: Partial<Parameters<typeof exploreJob>[0]> = {},
): ExploreDone {
  return exploreJob(
    {
      name: path.replace(/.*\/|\.wast/g, ''),
      path,
      text,
      bytes: null,
      model: 'wasm',
      strategy: 'axioms',
      readings: DEFAULT_READINGS,
      maxExecutions: 10_000,
      maxEvents: 1_000,
      maxReturns: 5,
      maxSteps: 1_000_000,
      milliseconds: null,
      megabytes: 1_000,
      parts: null,
      invoke: null,
      draw: { svg: false, dot: false, unicode: false, outcome: null, finding: null, replay: true, ...draw },
      herd: false,
      color: false,
      ...more,
    },
    { shouldStop: () => false, onProgress: () => {}, memory: null },
  );
}

function saved(path = PATH, text = TEXT, draw = {}): string {
  return known(explored(path, text, draw).replay, 'replay').text;
}

function replayed(replay: string, text = TEXT, path = PATH): ReplayDone {
  return replayJob({ path, text, bytes: null, invoke: null, maxSteps: 1_000_000, replayPath: 'r.json', replay });
}

/** A replay file whose parts may be changed. */
type Loose = {
  -readonly [K in keyof ReplayFile]: ReplayFile[K] extends readonly (infer T)[] ? LooseItem<T>[] : ReplayFile[K];
};
type LooseItem<T> = T extends ReplayEvent ? { -readonly [K in keyof T]: T[K] } : T;

function lastRead({ events }: Loose): { from: unknown; units: number[] } {
  const event = events.find(({ reads, instruction }) => reads !== undefined && instruction.includes('load'));
  return known(event?.reads?.at(-1), 'read') as unknown as { from: unknown; units: number[] };
}

/** The replay with its document changed. */
function tampered(replay: string, change: (file: Loose) => void): string {
  const file = JSON.parse(replay) as Loose;
  change(file);
  return JSON.stringify(file);
}

describe('weft explore --save-replay and --replay', () => {
  test('the first finding is saved, and its replay gives the same outcome', () => {
    const { text, json, code } = replayed(saved());
    expect(code).toBe(0);
    expect(json).toMatchObject({ same: true, changed: false, departs: null });
    expect(json.found).toEqual(json.expected);
    expect(text).toContain('lost wake-up: T1 sleeps for ever');
    expect(text.split('\n').at(-1)).toBe('Same');
  });

  test('an outcome is saved, a weak one too', () => {
    const file = saved('MP.wast', MP, { outcome: '1' });
    expect(replayed(file, MP, 'MP.wast')).toMatchObject({ code: 0, json: { same: true } });
  });

  test('a program of EMME is saved and replayed under its own names', () => {
    const bex = 'var x = new SharedArrayBuffer();\nThread a { x-I8[0] = 1; }\nThread b { print(x-I8[0]); }\n';
    const file = saved('small.bex', bex, { outcome: '1' });
    expect(JSON.parse(file)).toMatchObject({ program: { source: { file: 'small.bex', text: bex } } });
    expect(replayed(file, bex, 'small.bex')).toMatchObject({ code: 0, json: { same: true } });
  });

  test('a program that does something else is noticed, with the place', () => {
    const changed = TEXT.replace(
      'atomic.wait32 (i32.const 0) (i32.const 0)',
      'atomic.wait64 (i32.const 0) (i64.const 0)',
    );
    const { text, json, code } = replayed(saved(), changed);
    expect(code).toBe(1);
    expect(json).toMatchObject({ same: false, changed: true, departs: { instruction: 'memory.atomic.wait64' } });
    expect(text).toContain('has changed since');
    expect(text).toContain('Departs at event');
  });

  test('a change that does not touch the execution is said, and is the same', () => {
    expect(replayed(saved(), `${TEXT}\n;; more\n`)).toMatchObject({ code: 0, json: { same: true, changed: true } });
  });

  test('a read from who does not write there is refuted', () => {
    const bad = tampered(saved('MP.wast', MP, { outcome: '1' }), (file) => {
      const read = lastRead(file);
      read.from = [[file.events.length - 1, read.units.length]];
    });
    expect(replayed(bad, MP, 'MP.wast')).toMatchObject({
      code: 1,
      json: { same: false, departs: { line: expect.any(Number) } },
    });
  });

  test('a value that nobody wrote is refuted', () => {
    const bad = tampered(saved('MP.wast', MP, { outcome: '1' }), (file) => {
      lastRead(file).units[0] = 77;
    });
    expect(replayed(bad, MP, 'MP.wast').json.departs?.why).toContain('and not 77');
  });

  test('another outcome than the file says is different', () => {
    const bad = tampered(saved(), (file) => {
      file.outcome = { values: { ...file.outcome?.values, 'T2:0:0': 'i32 9' }, deadlock: true };
    });
    expect(replayed(bad)).toMatchObject({ code: 1, json: { same: false, departs: null } });
  });

  test('an order that breaks happens-before is refuted', () => {
    const bad = tampered(saved(), (file) => {
      file.order = file.order.toReversed();
    });
    expect(replayed(bad).json.departs?.why).toContain('order');
  });

  test.each([
    ['no JSON', 'nonsense'],
    ['another document', '{}'],
    [
      'a source that is not the program’s',
      tampered(saved(), (file) => {
        file.program = { ...file.program, source: { file: 'a.wast', text: '(module)' } };
      }),
    ],
    ['a later version', tampered(saved(), (file) => Object.assign(file, { version: 2 }))],
    [
      'an event of no thread',
      tampered(saved(), ({ events }) => Object.assign(known(events[0], 'event'), { thread: 99 })),
    ],
    ['another program’s', tampered(saved(), ({ program }) => Object.assign(program, { name: 'other' }))],
  ])('%s is a mistake in the call', (_, text) => {
    expect(() => replayed(text)).toThrow('cannot replay r.json');
  });

  test.each([
    ['a file that ends early', saved().slice(0, 300), 'it is no JSON'],
    [
      'no order',
      tampered(saved(), (file) => Object.assign(file, { order: [0] })),
      '"order" does not name every event once',
    ],
    [
      'an unknown reading',
      tampered(saved(), (file) => Object.assign(file, { readings: { 'grow-failure': 3 } })),
      '"readings" is no table of names',
    ],
    ['an unknown model', tampered(saved(), (file) => Object.assign(file, { model: 'none' })), 'none'],
  ])('%s is told', (_, text, message) => {
    expect(() => replayed(text)).toThrow(message);
  });

  test('models that order only a part of the events, EMME’s programs and programs in C replay too', () => {
    const c11 = known(explored('MP.wast', MP, { outcome: '1' }, { model: 'models/c11.cat' }).replay, 'replay').text;
    expect(replayed(c11, MP, 'MP.wast')).toMatchObject({ code: 0, json: { same: true, model: 'models/c11.cat' } });
    const wat = readFileSync('test/c/text/bug6.wat', 'utf8');
    const sc = { model: 'sc', strategy: 'interleavings' } as const;
    const c = known(explored('bug6.wat', wat, {}, sc).replay, 'replay').text;
    expect(replayed(c, wat, 'bug6.wat')).toMatchObject({ code: 0, json: { same: true } });
  });

  describe('of a schedule without end', () => {
    const SPIN = `(module $M shared (memory (export "mem") 1 1 shared)
      (func (export "t") shared (loop $again (br_if $again (i32.eqz (i32.atomic.load (i32.const 0))))))
      (func (export "u") shared (loop $again (i32.atomic.store (i32.const 4) (i32.const 0)) (i32.atomic.store (i32.const 4) (i32.const 1)) (br $again))))
      (register "M")
      (thread $T1 (shared (module $M)) (invoke $M "t"))
      (thread $T2 (shared (module $M)) (invoke $M "u"))
      (wait $T1) (wait $T2)`;
    const SEARCH = { model: 'sc', strategy: 'interleavings' } as const;
    const done = (): ExploreDone => explored('spin.wast', SPIN, {}, SEARCH);
    const lasso = (change: (file: { cycle: { thread: string; instruction: string }[] }) => void = () => {}): string => {
      const file = JSON.parse(known(done().replay, 'replay').text) as Parameters<typeof change>[0];
      change(file);
      return JSON.stringify(file);
    };

    test('its cycle leads back to the same state, for ever', () => {
      const { text, json, code } = replayed(lasso(), SPIN, 'spin.wast');
      expect(code).toBe(0);
      expect(json).toMatchObject({ same: true, departs: null });
      expect(text).toMatch(/after \d+ steps?, \d+ steps? lead back to the same state, for ever\nSame$/);
      expect(done().text).toContain('and then, again and again');
    });

    test.each([
      ['half a cycle', (f: { cycle: unknown[] }) => f.cycle.splice(-1), 'does not come back'],
      [
        'another instruction',
        (f: { cycle: { instruction: string }[] }) => Object.assign(known(f.cycle[0], 'step'), { instruction: 'nop' }),
        'the program does i32.atomic',
      ],
      [
        'a thread that there is not',
        (f: { cycle: { thread: string }[] }) => Object.assign(known(f.cycle[0], 'step'), { thread: 'T9' }),
        'there is no thread T9',
      ],
    ])('%s is refuted', (_, change, why) => {
      const { json, code } = replayed(lasso(change), SPIN, 'spin.wast');
      expect(code).toBe(1);
      expect(json.departs?.why).toContain(why);
    });

    test('it is drawn as far as it repeats itself, and what comes again is marked', () => {
      const { dot, tikz, svg, replay } = explored(
        'spin.wast',
        SPIN,
        { dot: true, svg: true, tikz: true, finding: 1 },
        SEARCH,
      );
      const marks = (text: string | null): number =>
        (known(text, 'picture').match(/(↻|hookleftarrow\$).*i32/g) ?? []).length;
      const { cycle } = JSON.parse(known(replay, 'replay').text) as { cycle: { instruction: string }[] };
      const accesses = cycle.filter(({ instruction }) => instruction.includes('atomic')).length;
      expect(accesses).toBeGreaterThan(0);
      expect([marks(dot), marks(tikz)]).toEqual([accesses, accesses]);
      expect(svg).toContain('↻ · i32.atomic.load · line 2');
      expect(dot).toContain('finding 1: non-termination');
    });

    test('one that leaves out a thread that could go on is not fair', () => {
      const unfair = lasso((file) => {
        const [{ thread = '' } = {}] = file.cycle;
        file.cycle = file.cycle.filter((step) => step.thread === thread);
      });
      expect(replayed(unfair, SPIN, 'spin.wast').json.departs?.why).toContain('not fair');
    });
  });

  test('--finding draws its execution with the events numbered', () => {
    const { dot } = explored(PATH, TEXT, { dot: true, finding: 1, replay: false });
    expect(dot).toContain('finding 1: lost wake-up');
    expect(dot).toContain('(1) · memory.atomic.wait32');
    expect(dot).toContain('(2) · memory.atomic.notify');
    expect(explored(PATH, TEXT, { dot: true, finding: 9 }).usage).toContain('so no finding 9');
  });

  test('--json tells findings with their places, outcomes and replay files', () => {
    const [test] = explored(PATH, TEXT).tests;
    expect(test?.findings).toMatchObject([
      {
        kind: 'lost wake-up',
        outcome: 1,
        replay: null,
        places: [
          { line: 7, thread: 'T1' },
          { line: 10, thread: 'T2' },
        ],
      },
    ]);
  });
});
