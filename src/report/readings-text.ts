import Table from 'cli-table3';
import pc from 'picocolors';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { CheckedFile } from './check-json.ts';
import { isOk } from './check-json.ts';
import { placeText } from './diagnostics.ts';
import type { TextOptions } from './diagnostics.ts';
import { paragraph } from './prose.ts';

const REASON_WIDTH = 60;

/**
 * Under which readings a file is valid: the usual verdict, a row for each reading of each switch, with what decides where that is
 * another error, and the readings whose verdict differs.
 */
export function readingsText(file: CheckedFile, options: TextOptions): string {
  const c = pc.createColors(options.color);
  const usual = isOk(file.diagnostics);
  const usualReason = reason(file.diagnostics, file);
  const verdicts = file.readings ?? [];
  const grid = new Table({
    head: ['switch', 'reading', 'verdict', 'because'],
    style: { head: options.color ? ['bold'] : [], border: [], compact: true },
  });
  for (const [i, verdict] of verdicts.entries()) {
    const ok = isOk(verdict.diagnostics);
    const word = ok ? c.green('valid') : c.red('invalid');
    grid.push([
      verdict.switch === verdicts[i - 1]?.switch ? '' : verdict.switch,
      verdict.isDefault ? `${verdict.reading} (default)` : verdict.reading,
      ok === usual ? word : `${word} *`,
      because(reason(verdict.diagnostics, file), usualReason),
    ]);
  }
  const others = verdicts.filter(({ diagnostics }) => isOk(diagnostics) !== usual);
  const names = others.map((verdict) => `${verdict.switch}=${verdict.reading}`);
  const differing =
    names.length === 0 ? 'No reading changes that.' : `* ${usual ? 'Invalid' : 'Valid'} under ${names.join(', ')}.`;
  const verdict = usual ? c.green('valid') : `${c.red('invalid')}: ${usualReason}`;
  return [`${c.bold(file.file)}: ${verdict}`, grid.toString(), differing].join('\n');
}

/** What is another reason than usually. */
function because(found: string, usual: string): string {
  if (found === usual) return found === '' ? '' : 'the same error';
  return paragraph(found, REASON_WIDTH).join('\n');
}

/** The first error, with its place; empty if there is none. */
function reason(diagnostics: readonly Diagnostic[], file: CheckedFile): string {
  const first = diagnostics.find(({ severity }) => severity === 'error');
  return first === undefined ? '' : `${place(file, first.at)}: ${first.message} [${first.rule}]`;
}

function place({ source }: CheckedFile, at: { readonly start: number; readonly end: number }): string {
  const text = placeText(source, at);
  return text.startsWith(`${source.name}:`) ? text.slice(source.name.length + 1) : text;
}
