/**
 * Compiles grammar/*.ohm into src/text/generated/ (cat.ohm into src/model/cat/generated/, bex.ohm into src/litmus/bex/generated/): the table of token classes, each grammar as a recipe in which
 * every terminal is one UTF-16 unit, and the rules of plain instructions and of regular commands as regular expressions. `--check` only compares, and fails
 * if a generated file is stale.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as ohm from 'ohm-js';
import { INSTRUCTIONS } from '../src/syntax/instructions.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const FIRST_UNIT = 0xe000;

interface GrammarFile {
  readonly file: string;
  readonly grammar: string;
  readonly constant: string;
  readonly output: string;
}

const GRAMMARS: readonly GrammarFile[] = [
  { file: 'module.ohm', grammar: 'WasmModule', constant: 'MODULE_RECIPE', output: 'module-recipe.ts' },
  { file: 'script.ohm', grammar: 'WastScript', constant: 'SCRIPT_RECIPE', output: 'script-recipe.ts' },
  { file: 'litmus.ohm', grammar: 'WeftLitmus', constant: 'LITMUS_RECIPE', output: 'litmus-recipe.ts' },
];

/** The grammars whose tokens are no others': each with the folder of its table and its recipe. */
const OWN_TOKENS: readonly GrammarFile[] = [
  { file: 'cat.ohm', grammar: 'WeftCat', constant: 'CAT_RECIPE', output: 'src/model/cat/generated' },
];

/** The grammars of characters, whose recipes stay as they are. */
const OF_CHARACTERS: readonly GrammarFile[] = [
  { file: 'bex.ohm', grammar: 'WeftBex', constant: 'BEX_RECIPE', output: 'src/litmus/bex/generated/recipe.ts' },
];

/** A parsing expression in ohm's recipe form: `[operation, meta, …operands]`. */
type Recipe = readonly unknown[];

function isRecipe(x: unknown): x is Recipe {
  return Array.isArray(x) && typeof x[0] === 'string';
}

/** Every terminal of a recipe, in order of appearance. */
function terminalsOf(recipe: Recipe): string[] {
  if (recipe[0] === 'terminal') return [recipe[2] as string];
  return recipe.slice(2).flatMap(terminalsIn);
}

/** An operand is a recipe, a list of them (what a rule is applied to), or neither. */
function terminalsIn(operand: unknown): string[] {
  if (isRecipe(operand)) return terminalsOf(operand);
  return Array.isArray(operand) ? operand.flatMap(terminalsIn) : [];
}

/** The unit of every token class; classes that stand together in an alternative get neighbouring units where they can. */
function assignUnits(bodies: readonly Recipe[]): ReadonlyMap<string, number> {
  const classes = new Set<string>();
  for (const body of bodies) for (const text of terminalsOf(body)) if (text !== '') classes.add(text);
  return new Map([...classes].map((text, i) => [text, FIRST_UNIT + i]));
}

/** Replaces texts by units, drops source positions, and makes an alternative of several single tokens one range. */
function compile(recipe: Recipe, units: ReadonlyMap<string, number>): Recipe {
  if (recipe[0] === 'terminal') {
    const text = recipe[2] as string;
    return ['terminal', {}, text === '' ? '' : String.fromCharCode(units.get(text) ?? 0)];
  }
  const operands = recipe.slice(2).map((operand) => compileOperand(operand, units));
  return recipe[0] === 'alt' ? mergeTokens(operands as Recipe[]) : [recipe[0], {}, ...operands];
}

function compileOperand(operand: unknown, units: ReadonlyMap<string, number>): unknown {
  if (isRecipe(operand)) return compile(operand, units);
  return Array.isArray(operand) ? operand.map((inner) => compileOperand(inner, units)) : operand;
}

function isToken(recipe: Recipe): boolean {
  return recipe[0] === 'terminal' && recipe[2] !== '';
}

function mergeTokens(alternatives: readonly Recipe[]): Recipe {
  const codes = alternatives.filter(isToken).map((token) => (token[2] as string).charCodeAt(0));
  const ranges: [number, number][] = [];
  for (const code of [...new Set(codes)].toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  const tokens: Recipe[] = ranges.map(([from, to]) =>
    from === to
      ? ['terminal', {}, String.fromCharCode(from)]
      : ['range', {}, String.fromCharCode(from), String.fromCharCode(to)],
  );
  const merged = [...tokens, ...alternatives.filter((alternative) => !isToken(alternative))];
  return merged.length === 1 ? (merged[0] as Recipe) : ['alt', {}, ...merged];
}

/** The rules that are compiled to regular expressions as well: no rule that they apply is recursive. */
const REGULAR_RULES = [
  { rule: 'plain', constant: 'PLAIN_PATTERN', output: 'plain-pattern.ts' },
  { rule: 'anyBlockHead', constant: 'HEAD_PATTERN', output: 'head-pattern.ts' },
  { rule: 'regularCommand', constant: 'COMMAND_PATTERN', output: 'command-pattern.ts' },
] as const;

/** A recipe as the source of a regular expression that takes the same units. */
function patternOf(recipe: Recipe, rules: ReadonlyMap<string, Recipe>): string {
  const [operation, , ...operands] = recipe;
  const inner = (): string => patternOf(operands[0] as Recipe, rules);
  switch (operation) {
    case 'terminal':
      return operands[0] as string;
    case 'range':
      return `[${operands[0] as string}-${operands[1] as string}]`;
    case 'alt':
      return `(?:${operands.map((operand) => patternOf(operand as Recipe, rules)).join('|')})`;
    case 'seq':
      return operands.map((operand) => patternOf(operand as Recipe, rules)).join('');
    case 'star':
      return `(?:${inner()})*`;
    case 'plus':
      return `(?:${inner()})+`;
    case 'opt':
      return `(?:${inner()})?`;
    case 'app': {
      const body = rules.get(operands[0] as string);
      if (body === undefined) throw new Error(`no rule ${String(operands[0])}`);
      return patternOf(body, rules);
    }
    default:
      throw new Error(`${String(operation)} has no regular expression here`);
  }
}

function quote(text: string): string {
  const escaped = text
    .replace(/[\\']/g, '\\$&')
    .replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `'${escaped}'`;
}

const HEADER = '// Generated from grammar/ by scripts/build-grammars.ts; do not edit.\n\n';

function unitsModule(units: ReadonlyMap<string, number>): string {
  const rows = [...units].map(([text, code]) => `  [${quote(text)}, 0x${code.toString(16)}],`);
  return [
    `${HEADER}/** Every token class with its UTF-16 unit: keywords by their text, classes of tokens in braces. */`,
    'export const UNITS: readonly (readonly [string, number])[] = [',
    ...rows,
    '];',
    '',
  ].join('\n');
}

/** The rules of a grammar's recipe: `[operation, meta, description, formals, body]` by name. */
function rulesOf(recipe: readonly unknown[]): [string, unknown[]][] {
  return Object.entries(recipe[5] as Record<string, unknown[]>);
}

function compiledRules(recipe: readonly unknown[], units: ReadonlyMap<string, number>): [string, unknown[]][] {
  return rulesOf(recipe).map(([name, [operation, , description, formals, body]]) => [
    name,
    [operation, {}, description, formals, compile(body as Recipe, units)],
  ]);
}

function recipeModule(g: GrammarFile, recipe: readonly unknown[], rules: [string, unknown[]][]): string {
  const compiled = ['grammar', {}, recipe[2], null, null, Object.fromEntries(rules)];
  return `${HEADER}export const ${g.constant} =\n  ${quote(JSON.stringify(compiled))};\n`;
}

function recipeOf(grammar: ohm.Grammar | undefined, g: GrammarFile): unknown[] {
  if (grammar === undefined) throw new Error(`grammar/${g.file} does not define ${g.grammar}`);
  // The super-grammar is left out: it is linked when the grammar is loaded.
  return JSON.parse((grammar as unknown as { toRecipe(superGrammar: string): string }).toRecipe('null')) as unknown[];
}

function filesOfOwnTokens(g: GrammarFile): [string, string][] {
  const recipe = recipeOf(ohm.grammars(readFileSync(join(root, 'grammar', g.file), 'utf8'))[g.grammar], g);
  const units = assignUnits(rulesOf(recipe).map(([, rule]) => rule[4] as Recipe));
  return [
    [`${g.output}/units.ts`, unitsModule(units)],
    [`${g.output}/recipe.ts`, recipeModule(g, recipe, compiledRules(recipe, units))],
  ];
}

function fileOfCharacters(g: GrammarFile): [string, string] {
  const recipe = recipeOf(ohm.grammars(readFileSync(join(root, 'grammar', g.file), 'utf8'))[g.grammar], g);
  const rules = rulesOf(recipe).map(([name, rule]): [string, unknown[]] => [name, withoutPlaces(rule) as unknown[]]);
  return [g.output, recipeModule(g, recipe, rules)];
}

/** Empties what a recipe tells of places in its grammar. */
function withoutPlaces(recipe: unknown): unknown {
  if (Array.isArray(recipe)) return recipe.map(withoutPlaces);
  return typeof recipe === 'object' && recipe !== null ? {} : recipe;
}

/** The files that grammar/ compiles to, by their paths relative to the repository. */
export function generateGrammars(): ReadonlyMap<string, string> {
  const namespace = ohm.grammars(GRAMMARS.map((g) => readFileSync(join(root, 'grammar', g.file), 'utf8')).join('\n'));
  const recipes = GRAMMARS.map((g) => recipeOf(namespace[g.grammar], g));
  const units = assignUnits(recipes.flatMap((recipe) => rulesOf(recipe).map(([, rule]) => rule[4] as Recipe)));
  for (const row of INSTRUCTIONS) {
    if (!units.has(`{${row.immediates}}`))
      throw new Error(`no grammar rule for immediates of shape ${row.immediates} (${row.mnemonic})`);
  }
  const files = new Map([
    ['src/text/generated/units.ts', unitsModule(units)],
    ...OWN_TOKENS.flatMap(filesOfOwnTokens),
    ...OF_CHARACTERS.map(fileOfCharacters),
  ]);
  const bodies = new Map<string, Recipe>();
  GRAMMARS.forEach((g, i) => {
    const recipe = recipes[i] ?? [];
    const rules = compiledRules(recipe, units);
    for (const [name, rule] of rules) bodies.set(name, rule[4] as Recipe);
    files.set(`src/text/generated/${g.output}`, recipeModule(g, recipe, rules));
  });
  for (const { rule, constant, output } of REGULAR_RULES) {
    const pattern = patternOf(['app', {}, rule], bodies);
    const comment = `/** The rule \`${rule}\` as the source of a regular expression over units. */`;
    files.set(
      `src/text/generated/${output}`,
      `${HEADER}${comment}\nexport const ${constant} =\n  ${quote(pattern)};\n`,
    );
  }
  return files;
}

/** The generated files whose contents on disk differ from what the grammars give. */
export function staleGrammars(): string[] {
  return [...generateGrammars()]
    .filter(([path, text]) => readIfPresent(join(root, path)) !== text)
    .map(([path]) => path);
}

function readIfPresent(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function main(): void {
  if (process.argv.includes('--check')) {
    const stale = staleGrammars();
    for (const path of stale) process.stderr.write(`${path} is stale: run npm run build:grammars\n`);
    process.exitCode = stale.length === 0 ? 0 : 1;
    return;
  }
  for (const [path, text] of generateGrammars()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
