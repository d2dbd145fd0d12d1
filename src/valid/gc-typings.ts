import {
  checkArrayCopy,
  checkArrayFill,
  checkArrayGet,
  checkArrayInitData,
  checkArrayInitElem,
  checkArrayLen,
  checkArrayNew,
  checkArrayNewData,
  checkArrayNewDefault,
  checkArrayNewElem,
  checkArrayNewFixed,
  checkArraySet,
} from './array-rules.ts';
import { checkBrOnCast, checkBrOnCastFail, checkBrOnNonNull, checkBrOnNull } from './branch-rules.ts';
import { castBranch, heapType, index, pair, refType, type Typing, typing } from './immediates.ts';
import {
  checkAnyConvertExtern,
  checkExternConvertAny,
  checkI31Get,
  checkRefAsNonNull,
  checkRefCast,
  checkRefEq,
  checkRefFunc,
  checkRefI31,
  checkRefIsNull,
  checkRefNull,
  checkRefTest,
} from './reference-rules.ts';
import { checkStructGet, checkStructNew, checkStructNewDefault, checkStructSet } from './struct-rules.ts';

/** Instructions on references, structures and arrays. */
export const GC_TYPINGS: Readonly<Record<string, Typing>> = {
  'ref.null': typing('ref.null', (code, site, imm) => checkRefNull(code, site, heapType(imm))),
  'ref.func': typing('ref.func', (code, site, imm) => checkRefFunc(code, site, index(imm))),
  'ref.is_null': typing('ref.is_null', checkRefIsNull),
  'ref.as_non_null': typing('ref.as_non_null', checkRefAsNonNull),
  'ref.eq': typing('ref.eq', checkRefEq),
  'ref.test': typing('ref.test', (code, site, imm) => checkRefTest(code, site, refType(imm))),
  'ref.cast': typing('ref.cast', (code, site, imm) => checkRefCast(code, site, refType(imm))),
  'ref.i31': typing('ref.i31', (code, site) => checkRefI31(code, site, 'unshared')),
  'ref.i31_shared': typing('ref.i31', (code, site) => checkRefI31(code, site, 'shared')),
  'i31.get_s': typing('i31.get', checkI31Get),
  'i31.get_u': typing('i31.get', checkI31Get),
  'any.convert_extern': typing('any.convert_extern', checkAnyConvertExtern),
  'extern.convert_any': typing('extern.convert_any', checkExternConvertAny),
  br_on_null: typing('br_on_null', (code, site, imm) => checkBrOnNull(code, site, index(imm))),
  br_on_non_null: typing('br_on_non_null', (code, site, imm) => checkBrOnNonNull(code, site, index(imm))),
  br_on_cast: typing('br_on_cast', (code, site, imm) => {
    const { x, from, to } = castBranch(imm);
    checkBrOnCast(code, site, x, from, to);
  }),
  br_on_cast_fail: typing('br_on_cast_fail', (code, site, imm) => {
    const { x, from, to } = castBranch(imm);
    checkBrOnCastFail(code, site, x, from, to);
  }),

  'struct.new': typing('struct.new', (code, site, imm) => checkStructNew(code, site, index(imm))),
  'struct.new_default': typing('struct.new_default', (code, site, imm) =>
    checkStructNewDefault(code, site, index(imm)),
  ),
  'struct.get': typing('struct.get', (code, site, imm) => checkStructGet(code, site, pair(imm).x, pair(imm).y, false)),
  'struct.get_s': typing('struct.get', (code, site, imm) => checkStructGet(code, site, pair(imm).x, pair(imm).y, true)),
  'struct.get_u': typing('struct.get', (code, site, imm) => checkStructGet(code, site, pair(imm).x, pair(imm).y, true)),
  'struct.set': typing('struct.set', (code, site, imm) => checkStructSet(code, site, pair(imm).x, pair(imm).y)),

  'array.new': typing('array.new', (code, site, imm) => checkArrayNew(code, site, index(imm))),
  'array.new_default': typing('array.new_default', (code, site, imm) => checkArrayNewDefault(code, site, index(imm))),
  'array.new_fixed': typing('array.new_fixed', (code, site, imm) =>
    checkArrayNewFixed(code, site, pair(imm).x, pair(imm).y),
  ),
  'array.new_elem': typing('array.new_elem', (code, site, imm) =>
    checkArrayNewElem(code, site, pair(imm).x, pair(imm).y),
  ),
  'array.new_data': typing('array.new_data', (code, site, imm) =>
    checkArrayNewData(code, site, pair(imm).x, pair(imm).y),
  ),
  'array.get': typing('array.get', (code, site, imm) => checkArrayGet(code, site, index(imm), false)),
  'array.get_s': typing('array.get', (code, site, imm) => checkArrayGet(code, site, index(imm), true)),
  'array.get_u': typing('array.get', (code, site, imm) => checkArrayGet(code, site, index(imm), true)),
  'array.set': typing('array.set', (code, site, imm) => checkArraySet(code, site, index(imm))),
  'array.len': typing('array.len', checkArrayLen),
  'array.fill': typing('array.fill', (code, site, imm) => checkArrayFill(code, site, index(imm))),
  'array.copy': typing('array.copy', (code, site, imm) => checkArrayCopy(code, site, pair(imm).x, pair(imm).y)),
  'array.init_elem': typing('array.init_elem', (code, site, imm) =>
    checkArrayInitElem(code, site, pair(imm).x, pair(imm).y),
  ),
  'array.init_data': typing('array.init_data', (code, site, imm) =>
    checkArrayInitData(code, site, pair(imm).x, pair(imm).y),
  ),
};
