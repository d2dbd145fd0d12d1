import { describe, expect, test } from 'vitest';
import { printModule } from '../../../src/text/print-module.ts';
import { complaints, moduleOf } from './read.ts';

const at = expect.anything();

describe('(@name …)', () => {
  test('names what its author did not identify, and what was identified anew', () => {
    const module = moduleOf(`(module $m (@name "M") (type (@name "t") (struct (field (@name "f") i32) (field $g i8)))
      (func $f (@name "λ") (param (@name "p") i32) (local $l (@name "l") i32) (block (@name "b") (br 0)) (drop (local.get $l)))
      (elem (@name "e") (i32.const 0) func $f) (data $d (@name "d") (i32.const 0) "") (start $f))`);
    expect(module).toMatchObject({
      id: 'M',
      types: [{ id: 't', fields: ['f', 'g'] }, { id: null }],
      funcs: [{ id: 'λ', params: ['p'], locals: [{ id: 'l' }], body: [{ label: 'b' }, { imm: { x: 1 } }, {}] }],
      elems: [{ id: 'e' }],
      datas: [{ id: 'd' }],
    });
  });

  test('is printed where a name is no identifier or not the only one', () => {
    const printed = printModule(
      moduleOf('(func (@name "a b")) (func (@name "x")) (func $x (call $x)) (memory (@name "") 1)'),
    );
    expect(printed).toContain('(func $"a b"');
    expect(printed.match(/\(@name "x"\)/g)).toHaveLength(2);
    expect(printed).toContain('call 2');
    expect(printed).toContain('(memory (@name "") 1)');
  });

  test.each([
    ['(module (@name "a") (@name "b"))', '@name annotation: multiple module'],
    ['(module (func) (@name "M"))', 'misplaced @name annotation'],
    ['(module (func (@name M)))', '@name annotation: unexpected token'],
    ['(module (func (param (@name "x") i32 i32)))', 'misplaced @name annotation'],
    ['(module (func nop (@name "x")))', 'misplaced @name annotation'],
    ['(module (func (@name "\\ff")))', '@name annotation: malformed UTF-8 encoding'],
  ])('%s: %s', (text, message) => {
    expect(complaints(text)[0]).toContain(`Parse/annotation ${message} @(@name`);
  });
});

describe('(@custom …)', () => {
  test('comes after the last section that the module has up to its place', () => {
    const { customs } =
      moduleOf(`(@custom "end" "a" "b") (@custom "g" (before global)) (func) (@custom "f" (after func))
      (@custom "0" (before first)) (@custom "t" (after table)) (memory 1) (@custom "d" (after data) "\\00")`);
    expect(customs.map(({ name, after }) => [name, after])).toEqual([
      ['0', null],
      ['f', 'func'],
      ['t', 'func'],
      ['g', 'memory'],
      ['d', 'code'],
      ['end', 'code'],
    ]);
    expect(customs[5]).toEqual({ name: 'end', bytes: Uint8Array.of(97, 98), after: 'code', at });
  });

  test.each([
    ['(@custom)', '@custom annotation: missing section name'],
    ['(@custom "a" here)', '@custom annotation: unexpected token'],
    ['(@custom "a" (beside type))', '@custom annotation: malformed placement'],
    ['(@custom "a" (before types))', '@custom annotation: malformed section kind'],
    ['(func (@custom "a"))', 'misplaced @custom annotation'],
    ['(func (nop (@custom "a")))', 'misplaced @custom annotation'],
  ])('%s: %s', (text, message) => {
    expect(complaints(text)[0]).toContain(`Parse/annotation ${message} @(@custom`);
  });
});

describe('other annotations', () => {
  test('stay with what they stand before or in', () => {
    const module = moduleOf(`(module (@a  x (;c;)
        "y" ;; z
      ) (func (@b) (param (@c) i32)
        (@d 1) nop (@e) (i32.add (@f) (i32.const (@g) 1) (i32.const 2) (@h)) drop block (@i) nop (@j) end)
      (@k) (memory (@l) 1) (@"odd id" (x)) (rec (@m) (type (func))) (@n))`);
    const notes = (x: { notes?: readonly { id: string }[] } | undefined): string[] =>
      (x?.notes ?? []).map(({ id }) => id);
    const [func] = module.funcs;
    expect(func?.notes).toEqual([
      { id: 'a', text: 'x "y"' },
      { id: 'b', text: '' },
      { id: 'c', text: '' },
    ]);
    expect(func?.body.map(notes)).toEqual([['d'], ['f', 'g'], [], ['e', 'h'], [], ['j']]);
    expect(notes(module.memories[0])).toEqual(['k', 'l']);
    expect(module.types.map(notes)).toEqual([['odd id', 'm'], []]);
    expect(notes(module)).toEqual(['n']);
  });

  test('are printed again', () => {
    const module = moduleOf('(@a b) (func (@c "d") nop (@e) (block (@f)))(@"g h" (i "j" k))');
    const again = moduleOf(printModule(module));
    expect(again.funcs[0]).toMatchObject({
      notes: module.funcs[0]?.notes,
      body: module.funcs[0]?.body.map(({ notes }) => ({ notes: notes ?? undefined })),
    });
    expect(again.notes).toEqual([{ id: 'g h', text: '(i "j" k)' }]);
  });

  test('code metadata belong to instructions, one of a kind each', () => {
    expect(moduleOf('(func (@metadata.code.x "a" "\\00\\41") nop)').funcs[0]?.body[0]).toMatchObject({
      notes: [{ id: 'metadata.code.x', text: '"a\\00A"' }],
    });
    expect(complaints('(@metadata.code.x "") (func)')[0]).toContain('@metadata.code.x annotation: not in a function');
    expect(complaints('(func (@metadata.code.x "") (@metadata.code.x "") nop)')[0]).toContain('duplicate annotation');
  });
});
