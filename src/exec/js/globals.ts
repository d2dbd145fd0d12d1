import { known } from '../../base/assert.ts';
import type { GlobalInst } from '../../runtime/instance.ts';
import { DIRTY } from './longs.ts';
import type { Operand } from './body.ts';
import { compose, exactly, NO_READS, READS, WRITES } from './body.ts';
import type { Compilation } from './compilation.ts';
import { kindOf } from './parts.ts';

/**
 * Globals: an immutable one is a link-time constant, a mutable one is in its words in the store, a thread-local one in words of
 * the store's current thread, which remember that they were set.
 */

/** The place among a thread-local's words that says that it has been set. */
export const SET = 4;

function globalOf({ module }: Compilation, index: number): GlobalInst {
  return known(module.globals[index], 'global');
}

export function compileGlobalGet(z: Compilation, index: number): void {
  const { body } = z;
  const global = globalOf(z, index);
  const kind = kindOf(global.type.content);
  if (global.kind === 'constant') {
    const parts = [0, 1].slice(0, kind === 'long' ? 2 : 1).map((part) => body.slot({ kind: 'constant', index, part }));
    const constant: Operand = { kind, parts, test: null, reads: NO_READS, effects: 0, exact: true, weight: 1 };
    return body.push(constant);
  }
  switch (kind) {
    case 'int':
      return body.push(compose('int', [`${body.slot({ kind: 'words', index })}[0]`], [], { effects: READS }));
    case 'double':
      return body.push(compose('double', [`${body.slot({ kind: 'doubles', index })}[0]`], [], { effects: READS }));
    case 'long': {
      const words = body.slot({ kind: 'words', index });
      return body.result('long', 0, (low, high) => body.emit(`${low}=${words}[0];${high}=${words}[1];`));
    }
    case 'single': {
      const words = body.slot({ kind: 'words', index });
      const singles = body.slot({ kind: 'singles', index });
      const u = body.variable('u');
      return body.result('single', 0, (single) =>
        body.emit(`${u}=${singles}[0];${single}=${u}===${u}?${u}:${body.use('carriedSingle')}(${words}[0]);`),
      );
    }
  }
}

export function compileGlobalSet(z: Compilation, index: number): void {
  const { body } = z;
  const global = globalOf(z, index);
  const value = body.pop();
  body.before(WRITES);
  const words = body.slot({ kind: 'words', index });
  const [low = '', high = ''] = value.parts;
  switch (value.kind) {
    case 'int':
      body.emit(`${words}[0]=${low};`);
      break;
    case 'long':
      body.emit(`${words}[0]=${low};${words}[1]=${high};`);
      break;
    case 'double':
      body.emit(`${body.slot({ kind: 'doubles', index })}[0]=${exactly(body, value)};`);
      break;
    case 'single':
      body.emit(`${words}[0]=${body.use('singleBits')}(${low});`);
      break;
  }
  if (global.kind === 'thread_local') body.emit(`${words}[${SET}]=1;${body.use('INTS')}[${DIRTY}]=1;`);
}
