import type { Span } from '../base/span.ts';
import { UNIT, classOf } from './classes.ts';
import type { ModuleContext } from './context.ts';
import { malformed } from './malformed.ts';
import { declare } from './names.ts';
import { idOfToken } from './nodes.ts';
import { type Tokens, spanOf } from './tokens.ts';

/** A field as its first tokens tell: enough to fill the index spaces before anything is resolved. */
export interface FieldHead {
  readonly open: number;
  readonly keyword: string;
  /** The space that the field defines or imports into. */
  readonly defines: Defined | null;
  readonly imported: boolean;
  readonly id: string | null;
  readonly index: number;
  /** The keyword and identifier. */
  readonly at: Span;
}

type Defined = 'type' | 'func' | 'table' | 'memory' | 'global' | 'data';

const DEFINED: ReadonlySet<string> = new Set<Defined>(['type', 'func', 'table', 'memory', 'global', 'data']);

function isDefined(keyword: string): keyword is Defined {
  return DEFINED.has(keyword);
}

/**
 * The heads of a module's fields, each declared in its index space; imports come before definitions of the same module
 * [core specification, Text Format, Modules].
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
    if (defines !== null && defines !== 'type' && defines !== 'data' && !imported)
      firstDefinition ??= defines === 'func' ? 'function' : defines;
    const id = idToken === null ? null : idOfToken(module, idToken);
    const index = defines === null ? 0 : declare(module.spaces[defines], id, at, module.diagnostics);
    if (keyword === 'memory' && isInlineData(module.tokens, open))
      declare(module.spaces.data, null, at, module.diagnostics);
    return { open, keyword, defines, imported, id, index, at };
  });
}

function readHead(
  tokens: Tokens,
  open: number,
): { keyword: string; defined: string; imported: boolean; idToken: number | null; last: number } {
  const keyword = classOf(tokens.units[open + 1] ?? '');
  if (keyword === 'import') {
    const isDescribed = tokens.units[open + 4] === UNIT.open;
    const defined = isDescribed ? classOf(tokens.units[open + 5] ?? '') : '';
    const idToken = isDescribed && tokens.units[open + 6] === UNIT.id ? open + 6 : null;
    return { keyword, defined, imported: true, idToken, last: idToken ?? open + 1 };
  }
  const idToken = tokens.units[open + 2] === UNIT.id ? open + 2 : null;
  const imported = classOf(tokens.units[afterExports(tokens, open) + 1] ?? '') === 'import';
  return { keyword, defined: keyword, imported, idToken, last: idToken ?? open + 1 };
}

/** The token after a definition's keyword, identifier and inline exports. */
function afterExports(tokens: Tokens, open: number): number {
  let i = open + 2;
  if (tokens.units[i] === UNIT.id) i++;
  while (tokens.units[i] === UNIT.open && classOf(tokens.units[i + 1] ?? '') === 'export')
    i = (tokens.closes[i] ?? i) + 1;
  return i;
}

function isInlineData(tokens: Tokens, open: number): boolean {
  const i = afterExports(tokens, open);
  return tokens.units[i] === UNIT.open && classOf(tokens.units[i + 1] ?? '') === 'data';
}
