import pc from 'picocolors';
import type { Model } from '../model/model.ts';
import type { TextOptions } from './diagnostics.ts';
import { paragraph } from './prose.ts';

const WIDTH = 100;

/** The report of `weft models`: each model with its source, what sets it apart, and its axioms. */
export function modelsText(models: readonly Model[], options: TextOptions): string {
  const c = pc.createColors(options.color);
  return models
    .map((model) => {
      const width = Math.max(0, ...model.axioms.map((axiom) => axiom.name.length));
      return [
        `${c.bold(model.name)}  ${model.title}`,
        `  ${c.dim(model.source)}`,
        ...paragraph(model.about, WIDTH - 2).map((line) => `  ${line}`),
        ...model.axioms.map(
          (axiom) => `    ${axiom.name.padEnd(width)}  ${axiom.statement}  ${c.dim(`[${axiom.source}]`)}`,
        ),
      ].join('\n');
    })
    .join('\n\n');
}

export interface ModelsJson {
  readonly models: readonly {
    readonly name: string;
    readonly title: string;
    readonly source: string;
    readonly about: string;
    readonly axioms: Model['axioms'];
  }[];
}

/** The JSON document of `weft models`. */
export function modelsJson(models: readonly Model[]): ModelsJson {
  return { models: models.map(({ name, title, source, about, axioms }) => ({ name, title, source, about, axioms })) };
}
