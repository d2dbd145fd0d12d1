import type { Place, Written, WrittenList } from '../syntax/written.ts';
import { UNIT } from './classes.ts';
import { groupsBetween } from './parentheses.ts';
import { tokenize } from './tokenize.ts';
import type { Tokens } from './tokens.ts';
import { closeOf, spanOf, tokenText } from './tokens.ts';

/** The word at an offset of a text and the lists around it; null if there is none, or parentheses do not pair. */
export function placeAt(text: string, offset: number): Place | null {
  const tokens = tokenize(text);
  if (!tokens.ok) return null;
  const { starts, ends, units } = tokens.value;
  const open = groupsBetween(tokens.value, 0, units.length).find(
    (i) => (starts[i] ?? 0) <= offset && offset < (ends[closeOf(tokens.value, i)] ?? 0),
  );
  return open === undefined ? null : within(listAt(tokens.value, open), offset);
}

function within(list: WrittenList, offset: number): Place | null {
  const lists: WrittenList[] = [];
  for (let at: Written | undefined = list; at !== undefined; ) {
    if (at.kind === 'word') return { word: at, lists };
    lists.unshift(at);
    at = at.items.find((item) => item.at.start <= offset && offset < item.at.end);
  }
  return null;
}

/** A group as a list; without calls inside calls, since groups may be nested deeply. */
function listAt(tokens: Tokens, open: number): WrittenList {
  const around: { readonly open: number; readonly items: Written[] }[] = [{ open, items: [] }];
  for (let i = open + 1; ; i++) {
    const own = around.at(-1);
    if (own === undefined) throw new RangeError('a group without an end');
    if (tokens.units[i] === UNIT.open) around.push({ open: i, items: [] });
    else if (tokens.units[i] !== UNIT.close)
      own.items.push({ kind: 'word', text: tokenText(tokens, i), at: spanOf(tokens, i) });
    else {
      around.pop();
      const list: WrittenList = { kind: 'list', items: own.items, at: spanOf(tokens, own.open, i) };
      const outer = around.at(-1);
      if (outer === undefined) return list;
      outer.items.push(list);
    }
  }
}
