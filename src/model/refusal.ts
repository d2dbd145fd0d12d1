import type { Site } from '../event/request.ts';

/**
 * Why a model gives no verdict on an execution: the execution has something that the model cannot speak of, or the model's file fails on it. Thrown by
 * `Model.check` of models from files, for whoever shows models to people to catch: it is never a verdict.
 */
export class ModelRefusal extends Error {
  readonly model: string;
  /** A sentence without a full stop. */
  readonly reason: string;
  /** The instruction that it is about, if it is about one. */
  readonly site: Site | null;

  constructor(model: string, reason: string, site: Site | null = null) {
    super(`${model}: ${reason}`);
    this.name = 'ModelRefusal';
    this.model = model;
    this.reason = reason;
    this.site = site;
  }
}
