import type { Span } from '../base/span.ts';
import { UNIT, classOf } from './classes.ts';
import type { ModuleContext } from './context.ts';
import { malformed } from './malformed.ts';
import { declare } from './names.ts';
import { childGroups } from './parentheses.ts';
import { idOfToken } from './resolve.ts';
import { type Tokens, closeOf, spanOf } from './tokens.ts';

/** A field as its first tokens tell: enough to fill the index spaces before anything is resolved. */
export interface FieldHead {
  readonly open: number;
  readonly keyword: string;
  readonly id: string | null;
  /** The index of what it defines or imports; of a group's first type. */
  readonly index: number;
  /** How many types it defines. */
  readonly types: number;
  /** The keyword and identifier. */
  readonly at: Span;
}

type Defined = 'type' | 'func' | 'table' | 'memory' | 'tag' | 'global' | 'elem' | 'data';

const DEFINED: ReadonlySet<string> = new Set<Defined>([
  'type',
  'func',
  'table',
  'memory',
  'tag',
  'global',
  'elem',
  'data',
]);

/** What imports come before, as the official suite calls it. */
const ORDERED: Readonly<Partial<Record<Defined, string>>> = {
  func: 'function',
  table: 'table',
  memory: 'memory',
  tag: 'tag',
  global: 'global',
};

function isDefined(keyword: string): keyword is Defined {
  return DEFINED.has(keyword);
}

/**
 * The heads of a module's fields, each declared in its index space; imports come before definitions of the same module
 * [core 3.0, Text Format, Modules].
 */
export function declareFields(module: ModuleContext, fields: readonly number[]): FieldHead[] {
  let firstDefinition: string | null = null;
  return fields.map((open) => {
    const { keyword, defined, imported, idToken, last } = readHead(module.tokens, open);
    const at = spanOf(module.tokens, open, last);
    if (imported && firstDefinition !== null) {
      module.diagnostics.push(malformed('Parse/import-order', at, `import after ${firstDefinition}`));
    }
    const defines = isDefined(defined) ? defined : null;
    if (defines !== null && !imported) firstDefinition ??= ORDERED[defines] ?? null;
    if (keyword === 'rec') return { open, keyword, id: null, ...declareGroup(module, open), at };
    const id = idToken === null ? null : idOfToken(module, idToken);
    const index = defines === null ? 0 : declare(module.spaces[defines], id, at, module.diagnostics);
    const inline = keyword === 'memory' || keyword === 'table' ? inlineSegment(module.tokens, open) : null;
    if (keyword === 'memory' && inline === 'data') declare(module.spaces.data, null, at, module.diagnostics);
    if (keyword === 'table' && inline === 'elem') declare(module.spaces.elem, null, at, module.diagnostics);
    return { open, keyword, id, index, types: keyword === 'type' ? 1 : 0, at };
  });
}

/** The types of a recursive group. */
function declareGroup(module: ModuleContext, open: number): { index: number; types: number } {
  const index = module.spaces.type.size;
  for (const type of childGroups(module.tokens, open)) {
    const idToken = module.tokens.units[type + 2] === UNIT.id ? type + 2 : null;
    const id = idToken === null ? null : idOfToken(module, idToken);
    declare(module.spaces.type, id, spanOf(module.tokens, type, idToken ?? type + 1), module.diagnostics);
  }
  return { index, types: module.spaces.type.size - index };
}

function readHead(
  tokens: Tokens,
  open: number,
): { keyword: string; defined: string; imported: boolean; idToken: number | null; last: number } {
  const keyword = classOf(tokens.units[open + 1]);
  if (keyword === 'import') {
    const isDescribed = tokens.units[open + 4] === UNIT.open;
    const defined = isDescribed ? classOf(tokens.units[open + 5]) : '';
    const idToken = isDescribed && tokens.units[open + 6] === UNIT.id ? open + 6 : null;
    return { keyword, defined, imported: true, idToken, last: idToken ?? open + 1 };
  }
  const idToken = tokens.units[open + 2] === UNIT.id ? open + 2 : null;
  const imported = classOf(tokens.units[afterExports(tokens, open) + 1]) === 'import';
  return { keyword, defined: keyword, imported, idToken, last: idToken ?? open + 1 };
}

/** The token after a definition's keyword, identifier and inline exports. */
function afterExports(tokens: Tokens, open: number): number {
  let i = open + 2;
  if (tokens.units[i] === UNIT.id) i++;
  while (tokens.units[i] === UNIT.open && classOf(tokens.units[i + 1]) === 'export') i = closeOf(tokens, i) + 1;
  return i;
}

/** The keyword of a definition's last group: `data` or `elem` of what is filled in place. */
function inlineSegment(tokens: Tokens, open: number): string | null {
  let found: string | null = null;
  for (let i = afterExports(tokens, open); i < closeOf(tokens, open); i++) {
    if (tokens.units[i] !== UNIT.open) continue;
    found = classOf(tokens.units[i + 1]);
    i = closeOf(tokens, i);
  }
  return found;
}
