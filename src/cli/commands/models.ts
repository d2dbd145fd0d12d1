import { MODELS } from '../../model/catalogue.ts';
import { modelsJson, modelsText } from '../../report/models-text.ts';
import { EXIT } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { printJson, printText, textOptions } from '../output.ts';

export function models(options: { readonly json?: boolean }): ExitCode {
  if (options.json === true) printJson(modelsJson(MODELS));
  else printText(modelsText(MODELS, textOptions()));
  return EXIT.holds;
}
