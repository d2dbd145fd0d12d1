import Table from 'cli-table3';
import { EXECUTION_RULES } from '../../semantics/rules.ts';
import { SWITCHES } from '../../syntax/readings.ts';
import { declarativeForms } from '../../valid/declarative/derivation.ts';
import { RULES } from '../../valid/rules.ts';
import { EXIT } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { printJson, printText } from '../output.ts';

const EXECUTION_TESTS = 'test/unit/semantics';

/** A rule as it is listed; `tests` says where they are, and how the titles of those that it accepts and rejects begin. */
interface Listed {
  readonly id: string;
  readonly kind: 'typing' | 'execution';
  readonly source: string;
  readonly statement: string | null;
  readonly ours: boolean;
  /** The ids under which the declarative system states it too. */
  readonly declarative: readonly string[];
  readonly tests: { readonly file: string; readonly accepts: string; readonly rejects: string | null };
}

/** Lists every rule with its source, or the design switches with their readings. */
export function rules(options: { readonly json?: boolean; readonly switches?: boolean }): ExitCode {
  if (options.switches === true) {
    if (options.json === true) printJson({ switches: SWITCHES });
    else printText(SWITCHES.map(switchText).join('\n\n'));
    return EXIT.holds;
  }
  const typing = RULES.map(({ id, source, statement, ours, axiom, tests }): Listed => {
    const named = { file: tests, accepts: `${id} accepts`, rejects: axiom === true ? null : `${id} rejects` };
    const declarative = declarativeForms(id);
    return { id, kind: 'typing', source, statement, ours: ours === true, declarative, tests: named };
  });
  const execution = EXECUTION_RULES.map(
    ({ id, source }): Listed => ({
      id,
      kind: 'execution',
      source,
      statement: null,
      ours: id === 'Step/fork',
      declarative: [],
      tests: { file: EXECUTION_TESTS, accepts: id, rejects: null },
    }),
  );
  if (options.json === true) printJson({ rules: [...typing, ...execution] });
  else printText(table([...typing, ...execution].map(row)));
  return EXIT.holds;
}

/** The id, the statement with where it comes from, and the file with the tests that are named after the id. */
function row({ id, source, statement, ours, tests }: Listed): readonly string[] {
  const from = ours ? `${source} (Weft's own)` : source;
  return [id, statement === null ? `[${from}]` : `${statement} [${from}]`, tests.file];
}

function switchText({ name, question, readings, source }: (typeof SWITCHES)[number]): string {
  const choices = readings.map(({ value, meaning }, i) => `    ${value}${i === 0 ? ' (default)' : ''}: ${meaning}`);
  return [`${name}: ${question}`, ...choices, `    [${source}]`].join('\n');
}

function table(rows: readonly (readonly string[])[]): string {
  const grid = new Table({
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '  ',
    },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });
  grid.push(...rows.map((row) => [...row]));
  return grid.toString();
}
