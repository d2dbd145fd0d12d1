import { findModel, MODELS } from '../model/catalogue.ts';
import type { Model } from '../model/model.ts';
import { UsageError } from './exit.ts';

/** The model that an option names. */
export function modelNamed(name: string): Model {
  const model = findModel(name);
  if (model === null) {
    throw new UsageError(`unknown model '${name}'; there are: ${MODELS.map((m) => m.name).join(', ')}`);
  }
  return model;
}
