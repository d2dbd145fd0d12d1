import pc from 'picocolors';
import type { CatModel } from '../model/cat/load.ts';
import type { Distinction } from '../model/distinctions.ts';
import type { Flag, Model } from '../model/model.ts';
import type { TextOptions } from './diagnostics.ts';
import { paragraph } from './prose.ts';

const WIDTH = 100;

/** A model as `weft models` lists it. */
export interface ListedModel {
  readonly model: Model;
  /** Its file, which has the view and the remarks. */
  readonly file: CatModel;
  readonly path: string;
  /** Whether it also exists natively. */
  readonly native: boolean;
  readonly distinctions: readonly Distinction[];
}

/** The report of `weft models`: each model with its source, what sets it apart, and its axioms. */
export function modelsText(models: readonly ListedModel[], options: TextOptions): string {
  return models.map((model) => modelText(model, options)).join('\n\n');
}

function modelText({ model, file, path, native, distinctions }: ListedModel, options: TextOptions): string {
  const c = pc.createColors(options.color);
  const remarks = file.remarks.map((remark) => ({ name: remark.name, statement: remarkText(remark), source: '' }));
  const rows = [...model.axioms, ...remarks];
  const width = Math.max(0, ...rows.map(({ name }) => name.length));
  return [
    `${c.bold(model.name)}  ${model.title}`,
    ...paragraph(model.source, WIDTH - 2).map((line) => `  ${c.dim(line)}`),
    ...paragraph(model.about, WIDTH - 2).map((line) => `  ${line}`),
    `  ${native ? 'native, and ' : ''}${path} (view ${file.view.name})`,
    ...rows.map(({ name, statement, source }) =>
      `    ${name.padEnd(width)}  ${statement}  ${source === '' || source === model.source ? '' : c.dim(`[${source}]`)}`.trimEnd(),
    ),
    ...distinctions.map(
      ({ test, allows, beside }) =>
        `  ${allows ? 'allows' : 'forbids'} ${test}, which ${beside} ${allows ? 'forbids' : 'allows'}`,
    ),
  ].join('\n');
}

function remarkText({ undefined: isUndefined }: Flag): string {
  return isUndefined
    ? 'undefined behaviour: the program may do anything'
    : 'a remark on an execution, which stays allowed';
}

export interface ModelsJson {
  readonly models: readonly {
    readonly name: string;
    readonly title: string;
    readonly source: string;
    readonly about: string;
    readonly axioms: Model['axioms'];
    readonly remarks: readonly Flag[];
    readonly native: boolean;
    readonly file: string;
    readonly view: string;
    readonly distinctions: readonly Omit<Distinction, 'model'>[];
  }[];
}

/** The JSON document of `weft models`. */
export function modelsJson(models: readonly ListedModel[]): ModelsJson {
  return {
    models: models.map(({ model, file, path, native, distinctions }) => ({
      name: model.name,
      title: model.title,
      source: model.source,
      about: model.about,
      axioms: model.axioms,
      remarks: file.remarks,
      native,
      file: path,
      view: file.view.name,
      distinctions: distinctions.map(({ beside, test, allows }) => ({ beside, test, allows })),
    })),
  };
}
