import { known } from '../base/assert.ts';
import type { Module } from '../syntax/module.ts';
import type { ExternKind } from '../syntax/types.ts';
import { exportTypes } from '../valid/types.ts';
import { externTypeAt, printExternType } from '../valid/extern-text.ts';

/** An export that only its own thread may use, and why. */
export interface UnsharedExport {
  readonly name: string;
  readonly kind: ExternKind;
  readonly reason: string;
}

/** The exports of a valid module that are neither shared nor thread-local. */
export function unsharedExports(module: Module): readonly UnsharedExport[] {
  const types = exportTypes(module);
  return module.exports.flatMap(({ name, kind, index }, i): UnsharedExport[] => {
    const type = known(types[i], 'type of an export');
    if (type.type.share !== 'unshared') return [];
    return [
      { name, kind, reason: `its type ${printExternType(module, externTypeAt(module, kind, index))} is not shared` },
    ];
  });
}
