import { CAT_MODELS, findModel, MODELS } from '../../src/model/catalogue.ts';
import type { CatModel } from '../../src/model/cat/load.ts';
import { loadCat } from '../../src/model/cat/load.ts';
import { VIEWS } from '../../src/model/cat/views.ts';
import { Source } from '../../src/base/span.ts';
import type { Model } from '../../src/model/model.ts';
import { Refused } from './refused.ts';

const FILES = import.meta.glob<string>('../../models/{*.cat,lib/*.cat}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const loaded = new Map<string, CatModel>();

export function modelNames(): readonly string[] {
  return [...MODELS.map(({ name }) => name), ...CAT_MODELS];
}

/** The model that ships under a name: natively if it can be had so, else as its file says. */
export function modelNamed(name: string): Model {
  return findModel(name) ?? catNamed(name);
}

/** The model that ships under a name as its file says. */
export function catNamed(name: string): CatModel {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const model = loadCat(fileOf(`${name}.cat`), (included) => sourceNamed(included), { views: VIEWS });
  if (!model.ok) throw new Refused(`${name} is not a model: ${model.error[0]?.message ?? ''}`);
  loaded.set(name, model.value);
  return model.value;
}

function fileOf(file: string): Source {
  const source = sourceNamed(file);
  if (source === null) throw new Refused(`there is no model ${file}`);
  return source;
}

function sourceNamed(file: string): Source | null {
  const text = FILES[`../../models/${file}`] ?? FILES[`../../models/lib/${file}`];
  return text === undefined ? null : new Source(file, text);
}
