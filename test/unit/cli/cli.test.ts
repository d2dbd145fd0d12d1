import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = new URL('../../..', import.meta.url).pathname;
const bin = join(root, 'dist/weft.cjs');
const folder = mkdtempSync(join(tmpdir(), 'weft-'));

const MALFORMED_UTF8 = Buffer.from('(module (func) ;; \xff\n)', 'latin1');

function file(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function weft(...args: string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8', cwd: root });
  return { code: status, out: stdout, err: stderr };
}

const MP = 'models/litmus/classic/MP.wast';

/** What an exploration prints that is interrupted after a while. */
async function interruptedAfter(
  milliseconds: number,
  path: string,
): Promise<{ code: unknown; out: string; err: string }> {
  const child = spawn(process.execPath, [bin, 'explore', '--json', '--strategy', 'axioms', path], { cwd: root });
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  setTimeout(() => child.kill('SIGINT'), milliseconds);
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, out, err };
}

describe('weft explore', () => {
  test('prints outcomes in herd’s manner and exits 0', () => {
    const { code, out } = weft('explore', MP);
    expect(code).toBe(0);
    expect(out).toContain('Test MP (wasm)\nStates 4\n');
    expect(out).toContain('Observation MP Sometimes 1 3');
  });

  test('--json has the contract’s document and nothing else on stdout', () => {
    const { code, out } = weft('explore', '--json', '--model', 'sc', MP);
    const { tests } = JSON.parse(out) as { tests: Record<string, unknown>[] };
    expect(Object.keys(tests[0] ?? {})).toEqual([
      'name',
      'model',
      'complete',
      'bound',
      'outcomes',
      'executions',
      'blocked',
      'duplicates',
      'races',
      'deadlocks',
      'loops',
      'nonTermination',
      'assertions',
      'condition',
      'method',
      'findings',
    ]);
    expect(tests[0]).toMatchObject({
      name: 'MP',
      model: 'sc',
      complete: true,
      bound: null,
      duplicates: 0,
      deadlocks: 0,
    });
    expect(tests[0]?.['condition']).toMatchObject({ quantifier: 'exists', holds: false });
    expect(code).toBe(1);
  });

  test('several files and folders may be given', () => {
    const { code, out } = weft(
      'explore',
      '--json',
      'models/litmus/fork/fork-sees-before.wast',
      'models/litmus/thread-local',
    );
    const scripts = readdirSync(join(root, 'models/litmus/thread-local')).filter((name) => name.endsWith('.wast'));
    expect((JSON.parse(out) as { tests: unknown[] }).tests.length).toBe(1 + scripts.length);
    expect(code).toBe(1);
  });

  test('--svg, --dot and --tikz draw the outcome that --outcome picks', () => {
    const svg = join(folder, 'mp.svg');
    const dot = join(folder, 'mp.dot');
    const tikz = join(folder, 'mp.tex');
    const outcome = ['--outcome', 'T2:0:0=1,T2:0:1=0'];
    expect(weft('explore', MP, '--svg', svg, '--dot', dot, '--tikz', tikz, ...outcome).code).toBe(0);
    expect(readFileSync(tikz, 'utf8')).toContain('begin{tikzpicture}');
    expect(readFileSync(svg, 'utf8')).toMatch(/^<svg|^<\?xml/);
    expect(readFileSync(dot, 'utf8')).toContain('digraph');
    const wrong = weft('explore', MP, '--svg', svg, '--outcome', 'T2:0:0=7');
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('no outcome has T2:0:0=7; no execution has T2:0:0 = i32 7: it is i32 0 or i32 1');
  });

  test('an endless loop reaches a bound: exit 3, what was found is printed as incomplete', () => {
    const endless = file('endless.wast', '(module (func (export "f") (loop (br 0)))) (invoke "f")');
    const { code, out } = weft('explore', endless);
    expect(code).toBe(3);
    expect(out).toMatch(/Incomplete: .*steps/);
  });

  test('a loop that writes for ever reaches the bound on events', () => {
    const writes = file(
      'writes.wast',
      `(module $M shared (memory (export "m") 1 1 shared)
        (func (export "f") shared (loop (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1))) (br 0))))
       (invoke $M "f")`,
    );
    for (const model of ['wasm', 'sc']) {
      const { code, out } = weft('explore', '--model', model, '--max-events', '100', '--max-returns', '1000', writes);
      expect(out).toMatch(/Incomplete: more than 100 events/);
      expect(code).toBe(3);
    }
  });

  const undone = file(
    'undone.wast',
    `(module $M shared (memory (export "m") 1 1 shared)
      (func (export "f") shared
        (loop $again
          (i32.atomic.store (i32.const 4) (i32.const 1))
          (i32.atomic.store (i32.const 4) (i32.const 0))
          (br_if $again (i32.eqz (i32.atomic.load (i32.const 0))))))
      (func (export "g") shared (i32.atomic.store (i32.const 0) (i32.const 1))))
     (thread $T1 (shared (module $M)) (invoke $M "f"))
     (thread $T2 (shared (module $M)) (invoke $M "g"))`,
  );

  test('a loop that comes back to where it was, with effects in between, reaches the bound on returns', () => {
    for (const model of ['wasm', 'sc']) {
      const { code, out } = weft('explore', '--model', model, '--strategy', 'axioms', undone);
      expect(out).toMatch(/Incomplete: more than 5 returns of a thread to the same state/);
      expect(out).toContain('T1’s loop at i32.atomic.store (line 4) was cut after 6 rounds');
      expect(code).toBe(3);
    }
  });

  test('the same loop needs no bound where equal states are merged', () => {
    for (const model of ['wasm', 'sc']) {
      const { code, out } = weft('explore', '--json', '--model', model, undone);
      const { tests } = JSON.parse(out) as { tests: { complete: boolean; method: object }[] };
      expect(tests[0]).toMatchObject({ complete: true, method: { strategy: model === 'sc' ? 'states' : 'drf' } });
      expect(code).toBe(0);
    }
  });

  test('too many executions: the outcomes so far, exit 3', () => {
    const { code, out } = weft('explore', '--json', '--max-executions', '2', MP);
    const { tests } = JSON.parse(out) as { tests: { complete: boolean; bound: string; outcomes: unknown[] }[] };
    expect(tests[0]).toMatchObject({ complete: false, bound: 'more than 2 executions' });
    expect(tests[0]?.outcomes.length).toBe(2);
    expect(code).toBe(3);
  });

  test('an interrupted exploration prints what it had', async () => {
    const threads = Array.from({ length: 8 }, (_, i) => i);
    const big = file(
      'big.wast',
      `(module $M shared (memory (export "m") 1 1 shared)
        (func (export "f") shared (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1))) (drop (i32.atomic.rmw.add (i32.const 4) (i32.const 1)))))
       ${threads.map((i) => `(thread $T${i} (shared (module $M)) (invoke $M "f"))`).join('\n')}`,
    );
    // A busy machine takes longer to find the first execution.
    for (const milliseconds of [3_000, 10_000, 30_000]) {
      const { code, out, err } = await interruptedAfter(milliseconds, big);
      const { tests } = JSON.parse(out) as { tests: { complete: boolean; bound: string; executions: number }[] };
      expect(tests[0]).toMatchObject({ complete: false, bound: 'interrupted' });
      expect(err).toContain('interrupted');
      expect(code).toBe(3);
      if ((tests[0]?.executions ?? 0) > 0) return;
    }
    expect.fail('nothing was found before the interruption');
  }, 90_000);
});

describe('bad input', () => {
  test.each([
    ['does not lex', '(module (func "unclosed))', /bad\.wast:1:\d+.*malformed/],
    ['does not parse', '(module (func (i32.const)))', /bad\.wast:1:\d+.*malformed/],
    ['does not resolve', '(module (func (call $nowhere)))', /bad\.wast:1:\d+.*unknown func/],
    ['does not type', '(module (func (result i32) (i64.const 1)))', /bad\.wast:1:\d+.*type mismatch/],
  ])('text that %s: place, rule, reason, exit 1', (_, text, message) => {
    const path = file('bad.wast', text);
    for (const command of ['check', 'explore']) {
      const { code, out, err } = weft(command, path);
      expect(out + err).toMatch(message);
      expect(out + err).toMatch(/\[\w+\/[\w.-]+\]|\[\w+_\w+\/?[\w.-]*\]/);
      expect(code).toBe(1);
    }
  });

  test.each([
    ['a missing file', ['check', 'nowhere.wat'], /cannot read nowhere\.wat: no such file/],
    ['a binary module for a script', ['wast', file('m.wasm', '\0asm\x01\0\0\0')], /it is a binary module, not a text/],
    ['a script with malformed UTF-8', ['wast', file('u.wast', MALFORMED_UTF8)], /malformed UTF-8 encoding at 1:19/],
    ['an unknown kind of command', ['wast', '--only', 'modules,moduls', MP], /--only takes a list of .*, not 'moduls'/],
    ['an unknown set of readings', ['check', '--readings', 'some', MP], /--readings takes all, not 'some'/],
    ['an unknown option', ['check', '--frobnicate', MP], /unknown option '--frobnicate'/],
    ['an unknown model', ['explore', '--model', 'x87', MP], /unknown model 'x87'/],
    ['an unknown reading', ['check', '--reading', 'x=y', MP], /unknown reading 'x'/],
    ['an unknown command', ['frobnicate'], /unknown command/],
    ['a strategy that the model has not', ['explore', '--strategy', 'interleavings', MP], /for --model sc only/],
  ])('%s: exit 2', (_, args, message) => {
    const { code, err } = weft(...args);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });
});

describe('weft check', () => {
  test('a sharing error has its chain, as text and as `because`', () => {
    const path = file('share.wat', '(module (memory $m 1) (func $f shared (drop (i32.load (i32.const 0)))))');
    const text = weft('check', path);
    expect(text.code).toBe(1);
    expect(text.out).toMatch(/function \$f is shared/);
    expect(text.out).toMatch(/memory \$m is not shared/);
    const { files } = JSON.parse(weft('check', '--json', path).out) as {
      files: { ok: boolean; diagnostics: { because: string[]; rule: string }[] }[];
    };
    expect(files[0]?.ok).toBe(false);
    expect(files[0]?.diagnostics[0]?.rule).toBe('Instr_ok/load');
    expect(files[0]?.diagnostics[0]?.because.length).toBeGreaterThanOrEqual(2);
  });

  test('forking an unshared function is a type error with its chain', () => {
    const path = file('fork.wat', '(module (func $child) (func (export "parent") (fork $child)))');
    const { files } = JSON.parse(weft('check', '--json', path).out) as {
      files: { diagnostics: { because: string[]; rule: string }[] }[];
    };
    expect(files[0]?.diagnostics[0]?.rule).toBe('Instr_ok/fork');
    expect(files[0]?.diagnostics[0]?.because.join('\n')).toContain('$child');
  });

  test('a binary module is decoded and checked; a complaint is about a byte', () => {
    const head = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
    const good = file('good.wasm', Uint8Array.from([...head, 1, 4, 1, 0x60, 0, 0]));
    expect(weft('check', good)).toMatchObject({ code: 0, out: `${good}: ok\n` });
    // [] -> [i32] with an empty body.
    const body = [1, 5, 1, 0x60, 0, 1, 0x7f, 3, 2, 1, 0, 10, 4, 1, 2, 0, 0x0b];
    const bad = file('bad.wasm', Uint8Array.from([...head, ...body]));
    const { code, out } = weft('check', '--json', bad);
    expect(code).toBe(1);
    expect((JSON.parse(out) as { files: unknown[] }).files[0]).toMatchObject({
      file: bad,
      ok: false,
      diagnostics: [{ code: 'invalid', at: { line: 1 } }],
    });
    expect(weft('check', file('cut.wasm', Uint8Array.from([...head, 1, 4, 1, 0x60]))).out).toMatch(
      /cut\.wasm:0x9: error: malformed: .*\n> 0x00000000 \| 00 61 73 6d/,
    );
  });

  test('a binary module in a script is complained of where it stands, with the byte', () => {
    const path = file('binary.wast', '\n(module binary "\\00asm\\02\\00\\00\\00")');
    const { code, out } = weft('check', path);
    expect(out).toMatch(/binary\.wast:2:1: error: malformed: unknown binary version/);
    expect(out).toMatch(/reading {3}.*byte 0x4 of the module/);
    expect(code).toBe(1);
  });

  test('malformed UTF-8 has a place', () => {
    const { code, out } = weft('check', file('utf8.wat', MALFORMED_UTF8));
    expect(out).toMatch(/utf8\.wat:1:19: error: malformed: malformed UTF-8 encoding/);
    expect(code).toBe(1);
  });

  test('--readings all: a table of the readings under which a file is valid', () => {
    const path = file('readings.wat', '(module (type $f (shared (func))) (func (type $f) (local funcref)))');
    const { code, out } = weft('check', path, '--readings', 'all');
    expect(code).toBe(1);
    expect(out).toMatch(/readings\.wat: invalid: 1:\d+: shared functions cannot have unshared locals/);
    expect(out).toMatch(
      /│ unshared-locals +│ reject \(default\) +│ invalid +│ the same error +│\n│ +│ allow +│ valid \*/,
    );
    expect(out).toContain('* Valid under unshared-locals=allow.');
    const { files } = JSON.parse(weft('check', '--json', path, '--readings', 'all').out) as {
      files: { ok: boolean; readings: { switch: string; reading: string; ok: boolean; differs: boolean }[] }[];
    };
    const differing = files[0]?.readings.filter(({ differs }) => differs);
    expect(differing).toMatchObject([{ switch: 'unshared-locals', reading: 'allow', ok: true, diagnostic: null }]);
    // Switches of execution are no matter of validity.
    expect(files[0]?.readings.map((r) => r.switch)).not.toContain('cmpxchg-failure');
  });

  test('a reading decides', () => {
    const path = file('atomics.wat', '(module (memory 1) (func (drop (i32.atomic.load (i32.const 0)))))');
    expect(weft('check', path).code).toBe(0);
    expect(weft('check', '--reading', 'unshared-atomics=reject', path).code).toBe(1);
  });
});

describe('weft litmus', () => {
  const models = 'wasm,wasm-oopsla19,wasm-oopsla19-uncorrected,js-es2018,js-es2018-scdrf,sc';

  test('the papers’ rows agree under every model that their authors speak of', () => {
    const { code, out } = weft('litmus', '--json', '--models', models, 'models/litmus/oopsla19');
    const { tests, disagreements } = JSON.parse(out) as {
      tests: { name: string; verdicts: Record<string, unknown> }[];
      disagreements: number;
    };
    expect(tests.length).toBe(13);
    expect(disagreements).toBe(0);
    expect(tests.find((t) => t.name === 'Fig18')?.verdicts['wasm-oopsla19']).toEqual({
      verdict: 'forbidden',
      expected: 'forbidden',
      agrees: true,
    });
    expect(tests.find((t) => t.name === 'Fig12')?.verdicts['js-es2018-scdrf']).toMatchObject({
      expected: null,
      agrees: null,
    });
    expect(code).toBe(0);
  });

  test('a verdict that does not come out is marked, exit 1', () => {
    const path = file(
      'wrong.wast',
      readFileSync(join(root, MP), 'utf8').replace('(verdict "sc" forbidden', '(verdict "sc" allowed'),
    );
    const { code, out } = weft('litmus', path);
    expect(out).toContain('forbidden ✗ expected allowed');
    expect(out).toContain('1 test, 1 disagreement');
    expect(code).toBe(1);
  });

  const withTest = (name: string, test: string): string =>
    file(name, `${readFileSync(join(root, MP), 'utf8').replace(/\(litmus[^]*$/, '')}(litmus "MP" ${test})`);

  test('a whole set of outcomes that is another is told, exit 1', () => {
    const set = '(outcomes "sc" (outcome (= T2:0:0 (i32.const 0))) (outcome (= T2:0:0 (i32.const 2))))';
    const path = withTest('set.wast', `(exists (= T2:0:0 (i32.const 0))) (verdict "sc" allowed "here") ${set}`);
    const { code, out } = weft('litmus', '--models', 'sc', path);
    expect(out).toContain('missing     (outcome (= T2:0:0 (i32.const 2)))');
    expect(out).toContain('unexpected  T2:0:0 = i32 1');
    expect(code).toBe(1);
    const json = JSON.parse(weft('litmus', '--json', '--models', 'sc', path).out) as {
      tests: { verdicts: Record<string, unknown> }[];
      disagreements: number;
    };
    expect(json.disagreements).toBe(1);
    expect(json.tests[0]?.verdicts['sc']).toMatchObject({
      verdict: 'allowed',
      agrees: false,
      outcomes: { agrees: false },
    });
  });

  test.each([
    [
      '(exists (= T3:0:0 (i32.const 0)))',
      'T3:0:0 is never observed: there is no thread T3, only main, T1, T2',
      'T3:0:0',
    ],
    ['(exists (= M.mem+0:i32 (i32.const 0)))', 'M.mem+0:i32 is never observed', 'M.mem'],
    ['(exists (= T2:0:0 (i32.const 0))) (verdict "cs" allowed)', 'unknown model "cs"', 'cs'],
  ])('what no execution shows and unknown models have a place, exit 1: %s', (text, message, name) => {
    const path = withTest('bad.wast', text);
    for (const command of ['litmus', 'explore']) {
      const { code, out, err } = weft(command, path);
      expect(out + err).toContain(message);
      expect(out + err).toMatch(new RegExp(`bad\\.wast:\\d+:\\d+: .*${name}`));
      expect(code).toBe(1);
      expect(JSON.parse(weft(command, '--json', path).out)).toMatchObject({ tests: [], errors: [{ code: 'invalid' }] });
    }
  });

  test('an unknown model, and one named twice, are mistakes in the call', () => {
    expect(weft('litmus', MP, '--models', 'wasm,cs')).toMatchObject({ code: 2, out: '' });
    expect(weft('litmus', MP, '--models', 'wasm,wasm').err).toContain('--models names wasm twice');
  });

  test('--format herd is a log of one model', () => {
    const { code, out } = weft('litmus', MP, '--models', 'sc', '--format', 'herd');
    expect(out).toMatch(
      /^Test MP Allowed\nStates 3\n[^]*\nNo\nWitnesses\nPositive: 0 Negative: 3\nCondition exists \(/,
    );
    expect(out.endsWith('\n\n')).toBe(true);
    expect(code).toBe(0);
    expect(weft('explore', MP, '--model', 'sc', '--format', 'herd').out.replace(/^Time.*$/m, '')).toBe(
      out.replace(/^Time.*$/m, ''),
    );
    expect(weft('litmus', MP, '--format', 'herd').code).toBe(2);
    expect(weft('litmus', MP, '--models', 'sc', '--format', 'herd', '--json').code).toBe(2);
  });

  test('EMME’s programs are explored, one for each choice of parameters', () => {
    const path = file(
      'p.bex',
      'var x = new SharedArrayBuffer();\nThread t { x-I8[0] = <v>; }\nThread u { print(x-I8[0]); }\nParams { v = 0..1; }\n',
    );
    const { code, out } = weft('explore', path, '--model', 'js-es2018');
    expect(out).toContain('Test p[2] (js-es2018)\nParameters v=1\nStates 2\n');
    expect(out).toContain('id3_R_u = i32 1;');
    expect(code).toBe(0);
    expect(weft('litmus', path, '--models', 'js-es2018').out).toMatch(/p\[1\] +1 outcome ·\n +p\[2\] +2 outcomes ·/);
    const wrong = weft('explore', file('q.bex', 'Thread t { x-I8[0] = 1; }'));
    expect(wrong.out).toMatch(/q\.bex:1:12: error: invalid: unknown buffer x \[Bex\/name\]/);
    expect(wrong.code).toBe(1);
  });
});

describe('weft run, wast, models, rules', () => {
  const fib = file(
    'fib.wat',
    `(module (func $fib (export "fib") (param i32) (result i32)
       (if (result i32) (i32.lt_s (local.get 0) (i32.const 2)) (then (local.get 0))
         (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1))) (call $fib (i32.sub (local.get 0) (i32.const 2))))))))`,
  );

  test.each(['exec', 'small-step'])('run calls a function with %s', (semantics) => {
    const { code, out } = weft('run', fib, '--invoke', 'fib', '--semantics', semantics, '--json', '10');
    expect(JSON.parse(out)).toMatchObject({ results: ['i32 55'], trap: null });
    expect(code).toBe(0);
  });

  test('run reports a trap with exit 1, a mistaken call with exit 2', () => {
    const path = file('trap.wat', '(module (func (export "f") (unreachable)))');
    expect(weft('run', path, '--invoke', 'f')).toMatchObject({ code: 1, out: 'trap: unreachable\n' });
    expect(weft('run', path, '--invoke', 'g').code).toBe(2);
    expect(weft('run', fib, '--invoke', 'fib', 'x').code).toBe(2);
  });

  test('wast counts assertions by kind', () => {
    const path = file(
      's.wast',
      '(module (func (export "f") (result i32) (i32.const 1)))\n(assert_return (invoke "f") (i32.const 1))\n(assert_return (invoke "f") (i32.const 2))',
    );
    const { code, out } = weft('wast', '--json', path);
    expect(JSON.parse(out)).toMatchObject({
      files: 1,
      passed: 1,
      failed: 1,
      skipped: 0,
      kinds: { assert_return: { passed: 1, failed: 1, skipped: 0 } },
    });
    expect((JSON.parse(out) as { failures: { line: number }[] }).failures[0]?.line).toBe(3);
    expect(code).toBe(1);
  });

  test('wast --only judges the chosen kinds, without executing where none needs it', () => {
    const path = file(
      'only.wast',
      `(module (type $s (struct)) (func (export "f") (drop (struct.new $s))))
(assert_invalid (module (func (result i32))) "type mismatch")
(assert_malformed (module quote "(func") "unexpected end")
(assert_unlinkable (module (import "m" "f" (func))) "unknown import")
(assert_return (invoke "f"))`,
    );
    const kinds = (...args: string[]) =>
      (JSON.parse(weft('wast', '--json', path, ...args).out) as { kinds: object }).kinds;
    const passed = { passed: 1, failed: 0, skipped: 0 };
    expect(kinds('--only', 'modules,invalid')).toEqual({
      module: { passed: 3 - 1, failed: 0, skipped: 0 },
      assert_invalid: passed,
    });
    expect(kinds('--only', 'malformed, unlinkable')).toEqual({ assert_malformed: passed, assert_unlinkable: passed });
    expect(kinds('--only', 'return')).toEqual({ assert_return: passed });
  });

  test('what no executor runs: exit 2 and a place, a listed skip in a script', () => {
    const path = file('component.wast', '(module (func (export "f")))\n(component)\n(assert_return (invoke "f"))');
    for (const args of [
      ['run', path, '--invoke', 'f'],
      ['explore', path],
      ['litmus', path],
    ]) {
      const { code, out, err } = weft(...args);
      expect(out + err).toMatch(/component\.wast:2:\d+: error: component-model text, .* \[Executable\]/);
      expect(code).toBe(2);
    }
    const { code, out } = weft('wast', '--json', path);
    expect(JSON.parse(out)).toMatchObject({ passed: 1, failed: 0, skips: [{ line: 2 }] });
    expect(code).toBe(0);
  });

  test('wast gives up an action after so many steps, goes on, and has no verdict', () => {
    const path = file(
      'endless-action.wast',
      '(module (func (export "f") (loop (br 0))) (func (export "g")))\n(invoke "f")\n(assert_return (invoke "g"))',
    );
    for (const semantics of ['exec', 'small-step']) {
      const { code, out, err } = weft('wast', '--json', '--semantics', semantics, '--max-steps', '1000', path);
      expect(JSON.parse(out)).toMatchObject({
        passed: 1,
        failed: 0,
        skips: [{ line: 2, reason: 'the bound was reached: steps' }],
      });
      expect(err).toContain('endless-action.wast: incomplete: 1 action given up: steps');
      expect(code).toBe(3);
    }
  });

  test('run keeps the thread-locals that start functions set, and shows references by what they are to', () => {
    const path = file(
      'start.wat',
      `(module (global $t (thread_local mut i32)) (type $s (struct)) (func $start (global.set $t (i32.const 7))) (start $start)
        (func (export "f") (param funcref) (result i32 (ref i31) (ref $s) funcref)
          (global.get $t) (ref.i31 (i32.const 3)) (struct.new $s) (local.get 0)))`,
    );
    for (const semantics of ['exec', 'small-step'])
      expect(weft('run', path, '--semantics', semantics, '--invoke', 'f', 'ref.null')).toMatchObject({
        code: 0,
        out: 'i32 7\nref.i31 3\nref.struct\nref.null\n',
      });
    expect(weft('run', path, '--invoke', 'f', '3')).toMatchObject({ code: 2 });
  });

  test('run ends at its bounds without a verdict: fuel, and memory', () => {
    const path = file(
      'bounds.wat',
      `(module (memory 2) (func (export "loop") (loop (br 0)))
        (func (export "grow") (result i32) (memory.grow (i32.const 1))))`,
    );
    const fuel = weft('run', path, '--fuel', '1000', '--invoke', 'loop');
    expect(fuel).toMatchObject({ code: 3, out: '' });
    expect(fuel.err).toContain('incomplete: steps');
    expect(weft('run', path, '--max-memory', '2', '--invoke', 'grow')).toMatchObject({ code: 0, out: 'i32 -1\n' });
    expect(weft('run', path, '--max-memory', '3', '--invoke', 'grow')).toMatchObject({ code: 0, out: 'i32 2\n' });
    const memory = weft('run', path, '--max-memory', '1', '--invoke', 'grow');
    expect(memory.code).toBe(3);
    expect(memory.err).toContain('memories of 2 pages, where 1 are allowed');
  });

  test('run takes a binary module', () => {
    // (func (export "f") (result i32) (i32.const 42))
    const bytes = [
      0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7f, 3, 2, 1, 0, 7, 5, 1, 1, 0x66, 0, 0, 10, 6, 1, 4, 0,
      0x41, 42, 0x0b,
    ];
    expect(weft('run', file('f.wasm', Uint8Array.from(bytes)), '--invoke', 'f')).toMatchObject({
      code: 0,
      out: 'i32 42\n',
    });
  });

  test('models lists each model with its axioms', () => {
    const { models } = JSON.parse(weft('models', '--json').out) as {
      models: { name: string; axioms: { name: string }[] }[];
    };
    expect(models.map((m) => m.name)).toEqual([
      'wasm',
      'wasm-oopsla19',
      'wasm-oopsla19-uncorrected',
      'js-es2018',
      'js-es2018-scdrf',
      'js-repaired',
      'sc',
      'x86-tso',
      'armv8',
      'rc11',
      'c11',
    ]);
    expect(models[1]?.axioms.map((a) => a.name)).toContain('sc-last-visible-3');
    expect(weft('models').out).toContain('wasm-oopsla19');
  });

  test('rules lists typing and execution rules, and the switches', () => {
    const { rules } = JSON.parse(weft('rules', '--json').out) as { rules: { id: string; kind: string }[] };
    expect(rules.some((r) => r.id === 'Instr_ok/fork' && r.kind === 'typing')).toBe(true);
    expect(rules.some((r) => r.id === 'Step/fork' && r.kind === 'execution')).toBe(true);
    expect(weft('rules', '--switches').out).toContain('thread-local: What does');
  });
});
