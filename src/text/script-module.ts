import type { ScriptModule } from '../syntax/script.ts';
import { UNIT } from './classes.ts';
import { type Reader, idOfToken } from './resolve.ts';
import { closeOf, tokenText } from './tokens.ts';

/** How a module in a script is written, from the first tokens of its group. */
export interface ModuleHead {
  readonly definition: boolean;
  readonly form: ScriptModule['form'];
  readonly id: string | null;
  /** The first token behind `module` and `definition`. */
  readonly after: number;
  /** The strings of a quoted or binary one. */
  readonly strings: readonly number[];
  /** What stands among the strings and is none. */
  readonly stray: number | null;
}

export function moduleHeadAt(reader: Reader, open: number): ModuleHead {
  const { tokens } = reader;
  const definition = tokenText(tokens, open + 2) === 'definition';
  const after = definition ? open + 3 : open + 2;
  const id = tokens.units[after] === UNIT.id ? idOfToken(reader, after) : null;
  const formToken = id === null ? after : after + 1;
  const word = tokenText(tokens, formToken);
  const form = word === 'binary' || word === 'quote' ? word : 'text';
  const strings: number[] = [];
  if (form === 'text') return { definition, form, id, after, strings, stray: null };
  for (let i = formToken + 1; i < closeOf(tokens, open); i++) {
    if (tokens.units[i] !== UNIT.string) return { definition, form, id, after, strings, stray: i };
    strings.push(i);
  }
  return { definition, form, id, after, strings, stray: null };
}
