import { loadScript, refusalsOf } from '../../litmus/load.ts';
import { checkJson } from '../../report/check-json.ts';
import type { CheckedFile } from '../../report/check-json.ts';
import { diagnosticText } from '../../report/diagnostics.ts';
import { DEFAULT_READINGS } from '../../syntax/readings.ts';
import type { Readings } from '../../syntax/readings.ts';
import { EXIT } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { expandPaths, readSource } from '../input.ts';
import { printJson, printText, textOptions } from '../output.ts';

/** Parses and type-checks files; in a script, every module that is not asserted to be wrong. */
export function check(
  paths: readonly string[],
  options: { readonly json?: boolean; readonly reading?: Readings },
): ExitCode {
  const readings = options.reading ?? DEFAULT_READINGS;
  const files = expandPaths(paths, ['.wat', '.wast']).map((path) => checkFile(path, readings));
  if (options.json === true) printJson(checkJson(files));
  else printText(files.map(fileText).join('\n'));
  return files.every((file) => file.diagnostics.length === 0) ? EXIT.holds : EXIT.refuted;
}

function checkFile(path: string, readings: Readings): CheckedFile {
  const source = readSource(path);
  const script = loadScript(source, readings);
  return { file: path, source, diagnostics: script.ok ? refusalsOf(script.value) : script.error };
}

function fileText({ file, source, diagnostics }: CheckedFile): string {
  if (diagnostics.length === 0) return `${file}: ok`;
  return diagnostics.map((diagnostic) => `${diagnosticText(diagnostic, source, textOptions())}\n`).join('\n');
}
