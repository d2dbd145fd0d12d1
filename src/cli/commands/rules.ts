import Table from 'cli-table3';
import { EXECUTION_RULES } from '../../semantics/rules.ts';
import { SWITCHES } from '../../syntax/readings.ts';
import { RULES } from '../../valid/rules.ts';
import { EXIT } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { printJson, printText } from '../output.ts';

/** Lists every rule with its source, or the design switches with their readings. */
export function rules(options: { readonly json?: boolean; readonly switches?: boolean }): ExitCode {
  if (options.switches === true) {
    if (options.json === true) printJson({ switches: SWITCHES });
    else printText(SWITCHES.map(switchText).join('\n\n'));
    return EXIT.holds;
  }
  const typing = RULES.map(({ id, source, statement, ours }) => ({
    id,
    kind: 'typing',
    source,
    statement,
    ours: ours === true,
  }));
  const execution = EXECUTION_RULES.map(({ id, source }) => ({
    id,
    kind: 'execution',
    source,
    statement: null,
    ours: id === 'Step/fork',
  }));
  if (options.json === true) printJson({ rules: [...typing, ...execution] });
  else
    printText(
      table(
        [...typing, ...execution].map((r) => [r.id, r.ours ? `${r.source} (Weft's own)` : r.source, r.statement ?? '']),
      ),
    );
  return EXIT.holds;
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
