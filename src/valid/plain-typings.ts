import {
  checkBr,
  checkBrIf,
  checkBrTable,
  checkDrop,
  checkNop,
  checkReturn,
  checkUnreachable,
} from './control-rules.ts';
import {
  checkCall,
  checkCallIndirect,
  checkCallRef,
  checkFork,
  checkReturnCall,
  checkReturnCallIndirect,
  checkReturnCallRef,
} from './call-rules.ts';
import { checkThrow, checkThrowRef } from './exception-rules.ts';
import { index, labels, pair, resultTypes, type Typing, typing } from './immediates.ts';
import {
  checkElemDrop,
  checkTableCopy,
  checkTableFill,
  checkTableGet,
  checkTableGrow,
  checkTableInit,
  checkTableSet,
  checkTableSize,
} from './table-rules.ts';
import {
  checkGlobalGet,
  checkGlobalSet,
  checkLocalGet,
  checkLocalSet,
  checkLocalTee,
  checkSelect,
} from './value-rules.ts';

/** Control, parametric, variable and table instructions. */
export const PLAIN_TYPINGS: Readonly<Record<string, Typing>> = {
  unreachable: typing('unreachable', checkUnreachable),
  nop: typing('nop', checkNop),
  throw: typing('throw', (code, site, imm) => checkThrow(code, site, index(imm))),
  throw_ref: typing('throw_ref', checkThrowRef),
  br: typing('br', (code, site, imm) => checkBr(code, site, index(imm))),
  br_if: typing('br_if', (code, site, imm) => checkBrIf(code, site, index(imm))),
  br_table: typing('br_table', (code, site, imm) => checkBrTable(code, site, labels(imm))),
  return: typing('return', checkReturn),
  call: typing('call', (code, site, imm) => checkCall(code, site, index(imm))),
  call_ref: typing('call_ref', (code, site, imm) => checkCallRef(code, site, index(imm))),
  call_indirect: typing('call_indirect', (code, site, imm) => checkCallIndirect(code, site, pair(imm).x, pair(imm).y)),
  return_call: typing('return_call', (code, site, imm) => checkReturnCall(code, site, index(imm))),
  return_call_ref: typing('return_call_ref', (code, site, imm) => checkReturnCallRef(code, site, index(imm))),
  return_call_indirect: typing('return_call_indirect', (code, site, imm) =>
    checkReturnCallIndirect(code, site, pair(imm).x, pair(imm).y),
  ),
  fork: typing('fork', (code, site, imm) => checkFork(code, site, index(imm))),
  drop: typing('drop', checkDrop),
  select: typing('select-impl', (code, site, imm) => checkSelect(code, site, resultTypes(imm))),

  'local.get': typing('local.get', (code, site, imm) => checkLocalGet(code, site, index(imm))),
  'local.set': typing('local.set', (code, site, imm) => checkLocalSet(code, site, index(imm))),
  'local.tee': typing('local.tee', (code, site, imm) => checkLocalTee(code, site, index(imm))),
  'global.get': typing('global.get', (code, site, imm) => checkGlobalGet(code, site, index(imm))),
  'global.set': typing('global.set', (code, site, imm) => checkGlobalSet(code, site, index(imm))),

  'table.get': typing('table.get', (code, site, imm) => checkTableGet(code, site, index(imm))),
  'table.set': typing('table.set', (code, site, imm) => checkTableSet(code, site, index(imm))),
  'table.size': typing('table.size', (code, site, imm) => checkTableSize(code, site, index(imm))),
  'table.grow': typing('table.grow', (code, site, imm) => checkTableGrow(code, site, index(imm))),
  'table.fill': typing('table.fill', (code, site, imm) => checkTableFill(code, site, index(imm))),
  'table.copy': typing('table.copy', (code, site, imm) => checkTableCopy(code, site, pair(imm).x, pair(imm).y)),
  'table.init': typing('table.init', (code, site, imm) => checkTableInit(code, site, pair(imm).x, pair(imm).y)),
  'elem.drop': typing('elem.drop', (code, site, imm) => checkElemDrop(code, site, index(imm))),
};
