import type { Diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import { Source } from '../base/span.ts';
import { decodeModule } from '../binary/decode.ts';
import type { FrontEnd } from '../runtime/embed/parts.ts';
import type { Readings } from '../syntax/readings.ts';
import { parseModule } from '../text/parse-module.ts';
import { checkModule } from '../valid/check.ts';
import { moduleTypes } from '../valid/types.ts';
import type { ValidModule } from '../valid/valid-module.ts';

/** Modules from text or bytes, and types from text. */
export function makeFront(readings: Readings): FrontEnd {
  function module(source: string | Uint8Array): Result<ValidModule, readonly Diagnostic[]> {
    const module =
      typeof source === 'string' ? parseModule(new Source('module', source)) : decodeModule(source, { readings });
    return module.ok ? checkModule(module.value, readings) : module;
  }

  return {
    module,
    funcType(text) {
      const valid = module(`(module (type ${text}))`);
      if (!valid.ok || valid.value.module.types.length !== 1) return null;
      const [type] = moduleTypes(valid.value.module).types;
      return type?.comp.kind === 'func' ? type : null;
    },
  };
}
