import { describe, expect, test } from 'vitest';
import { known } from '../../../../src/base/assert.ts';
import { Source } from '../../../../src/base/span.ts';
import { printBindings } from '../../../../src/litmus/bex/instances.ts';
import type { BexInstance } from '../../../../src/litmus/bex/load.ts';
import { emmeOutcome, loadBex } from '../../../../src/litmus/bex/load.ts';
import { DEFAULT_READINGS } from '../../../../src/syntax/readings.ts';
import { exploreProgram } from '../../../support/explore-file.ts';

function instances(text: string): readonly BexInstance[] {
  const loaded = loadBex(new Source('p.bex', text), DEFAULT_READINGS);
  if (!loaded.ok) throw new Error(loaded.error.map(({ message }) => message).join('\n'));
  return loaded.value;
}

function complaints(text: string): string[] {
  const loaded = loadBex(new Source('p.bex', text), DEFAULT_READINGS);
  return loaded.ok ? [] : loaded.error.map(({ message, at }) => `${message} @${text.slice(at.start, at.end)}`);
}

/** The outcomes of the first instance, with EMME's names. */
function outcomes(text: string, model = 'js-es2018'): string[] {
  const instance = known(instances(text)[0], 'instance');
  return exploreProgram(instance.program, model)
    .outcomes.map((outcome) => [...emmeOutcome(instance, outcome).values].map(([k, v]) => `${k}=${v}`).join(' '))
    .sort();
}

/** What a thread that is alone reads back. */
function alone(body: string): string {
  const found = outcomes(`var x = new SharedArrayBuffer(); Thread t { ${body} }`);
  expect(found).toHaveLength(1);
  return found[0] ?? '';
}

describe('JavaScript’s values', () => {
  test.each([
    ['x-I8[0] = 200; print(x-I8[0]);', 'id3_R_t=i32 -56'],
    ['x-I8[0] = 257; print(x-I16[0]);', 'id3_R_t=i32 1'],
    ['x-I16[1] = 0-1; print(x-I32[0]);', 'id3_R_t=i32 -65536'],
    ['x-I16[0] = 65535; print(Atomics.load(x-I16, 0));', 'id3_R_t=i32 -1'],
    ['x-I32[0] = 4294967295; print(Atomics.load(x-I32, 0));', 'id3_R_t=i32 -1'],
    ['x-I8[0] = -3/2; print(x-I8[0]);', 'id3_R_t=i32 -1'],
    ['x-I8[0] = 1/0; print(x-I8[0]);', 'id3_R_t=i32 0'],
    ['x-F64[1] = 1/3; print(x-F64[1]);', 'id3_R_t=f64 0x1.5555555555555p-2'],
    ['x-F32[0] = -1.5; print(x-I32[0]);', `id3_R_t=i32 ${0xbfc00000 | 0}`],
    ['x-I32[0] = 1069547520; print(x-F32[0]);', 'id3_R_t=f32 0x1.8p+0'],
    ['Atomics.store(x-I8, 3, 7); print(Atomics.add(x-I8, 3, 250)); print(x-I8[3]);', 'id3_M_t=i32 7 id4_R_t=i32 1'],
    [
      'Atomics.sub(x-I32, 0, 1); print(Atomics.xor(x-I16, 0, 1)); print(x-I16[0]);',
      'id2_M_t=i32 0 id3_M_t=i32 -1 id4_R_t=i32 -2',
    ],
    [
      'print(Atomics.or(x-I32, 0, 6)); print(Atomics.and(x-I32, 0, 3)); print(x-I32[0]);',
      'id2_M_t=i32 0 id3_M_t=i32 6 id4_R_t=i32 2',
    ],
  ])('%s', (body, shown) => {
    expect(alone(body)).toBe(shown);
  });
});

describe('control', () => {
  test('a loop is unrolled; its events have one number and the variable as suffix', () => {
    expect(alone('for(i=2..3) { x-I8[i-2] = i*10; print(x-I8[i-2]); } print(x-I16[0]);')).toBe(
      'id3_R_t_2=i32 20 id3_R_t_3=i32 30 id4_R_t=i32 7700',
    );
  });

  test('of a condition only the branch taken is shown', () => {
    const text = (comparison: string): string =>
      `x-I8[0] = 0-1; if (x-I8[0] ${comparison} x-F64[1]) { print(x-I8[0]); } else { print(x-I8[1]); }`;
    expect(alone(text('<'))).toBe('id3_R_t=i32 -1 id4_R_t=f64 0x0p+0 id5_R_t=i32 -1');
    expect(alone(text('>='))).toBe('id3_R_t=i32 -1 id4_R_t=f64 0x0p+0 id6_R_t=i32 0');
  });
});

describe('threads', () => {
  test('the main thread runs beside the others', () => {
    const text = 'var x = new SharedArrayBuffer(); x-I8[0] = 2; Thread t { print(x-I8[0]); }';
    expect(outcomes(text)).toEqual(['id3_R_t=i32 0', 'id3_R_t=i32 2']);
  });

  test('an integer never mixes two writes of its range, a single and a double may', () => {
    const values = (view: string, one: string, other: string): string[] =>
      outcomes(`var x = new SharedArrayBuffer(); Thread t { x-${view}[0] = ${one}; } Thread u { x-${view}[0] = ${other}; }
        Thread v { print(x-${view}[0]); }`);
    // 0x01010101 and 0x02020202; any of their bytes may be initial.
    const integers = values('I32', '16843009', '33686018').map((text) => Number(/-?\d+$/.exec(text)?.[0]).toString(16));
    expect(integers).toHaveLength(31);
    expect(integers.filter((hex) => hex.includes('1') && hex.includes('2'))).toEqual([]);
    // 1.5 is 3fc00000, 2.5 is 40200000.
    expect(values('F32', '1.5', '2.5')).toContain('id4_R_v=f32 0x1.4p-1');
    expect(values('F64', '1.5', '2.5')).toContain('id4_R_v=f64 0x1.4p-15');
  });

  test('a seqcst read that is all initial synchronises in JavaScript', () => {
    const text = `var x = new SharedArrayBuffer();
      Thread t { x-I8[0] = 1; print(Atomics.load(x-I8, 1)); } Thread u { x-I8[1] = 1; print(Atomics.load(x-I8, 0)); }`;
    expect(outcomes(text, 'js-es2018')).not.toContain('id3_R_t=i32 0 id5_R_u=i32 0');
    expect(outcomes(text, 'wasm')).toContain('id3_R_t=i32 0 id5_R_u=i32 0');
  });

  test('places in reports are the program’s', () => {
    const text =
      'var x = new SharedArrayBuffer();\n\nThread t {\n  x-I8[0] = 1;\n}\nThread u {\n\n  print(x-I8[0]);\n}\n';
    const { races } = exploreProgram(known(instances(text)[0], 'instance').program, 'wasm');
    expect(races.map(({ events }) => events)).toEqual([['t i32.store8 (line 4)', 'u i32.load8_s (line 8)']]);
  });
});

describe('instances', () => {
  const text = (params: string): string =>
    `var x = new SharedArrayBuffer(); Thread t { if (x-I8[0] <op> <a>) { x-I8[0] = <b>; } } Params { ${params} }`;

  test('are all choices of the parameters that are used, the last one varying fastest', () => {
    const found = instances(text('a = 0..1; op = [==,<]; c = 0..9; b = [5,7];'));
    expect(found.map(({ bindings }) => printBindings(bindings))).toEqual([
      'a=0 op=== b=5',
      'a=0 op=== b=7',
      'a=0 op=< b=5',
      'a=0 op=< b=7',
      'a=1 op=== b=5',
      'a=1 op=== b=7',
      'a=1 op=< b=5',
      'a=1 op=< b=7',
    ]);
  });

  test.each([
    [text('a = 0..1; op = [==];'), ['unknown parameter <b> @<b>']],
    [text('a = 0..1; b = 0..1; op = 0..1;'), ['parameter <op> is no comparison @<op>']],
    [text('a = 0..1; b = [<]; op = [==];'), ['parameter <b> is no number @<b>']],
    [text('a = 0..999; b = 0..999; op = [==];'), ['more than 10000 choices of the parameters @a']],
    ['Thread t { print(x-I8[0]); }', ['unknown buffer x @x-I8']],
    ['var x = new SharedArrayBuffer(); var x = new SharedArrayBuffer(); Thread t { }', ['a second buffer x @x']],
    ['Thread t { } Thread t { }', ['a second thread t @Thread t { }']],
    ['Thread main { }', ['a second thread main @Thread main { }']],
    [
      'var x = new SharedArrayBuffer(); Thread t { print(Atomics.load(x-F32, 0)); }',
      ['Atomics takes integers only @x-F32'],
    ],
    ['var x = new SharedArrayBuffer(); Thread t { x-I8[i] = 1; }', ['unknown name i @i']],
    ['var x = new SharedArrayBuffer(); Thread t { x-I8[1/2] = 1; }', ['index 0.5 is none of an element @x-I8']],
    ['var x = new SharedArrayBuffer(); Thread t { x-I8[0-1] = 1; }', ['index -1 is none of an element @x-I8']],
    [
      'var x = new SharedArrayBuffer(); Thread t { for(i=0..999999999) { x-I8[0] = 1; } }',
      ['more than 1000 accesses, loops unrolled @x-I8'],
    ],
  ])('%s', (program, messages) => {
    expect(complaints(program)).toEqual(messages);
  });
});
