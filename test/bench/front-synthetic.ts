/** Modules of any size: one function after another, in text and in bytes. */

const FUNCTION = `(func (param $x i32) (param $y i32) (result i32) (local $i i32)
  (loop $l
    (local.set $i (i32.add (local.get $i) (i32.const 1)))
    (i32.store offset=16 (local.get $x) (i32.mul (i32.load (local.get $y)) (local.get $i)))
    (br_if $l (i32.lt_u (local.get $i) (local.get $y))))
  (if (result i32) (i32.eqz (local.get $i)) (then (i32.const -7)) (else (call 0 (local.get $y) (local.get $x)))))
`;

/** A module whose text is of about so many bytes. */
export function syntheticText(bytes: number): string {
  return `(module (memory 1)\n${FUNCTION.repeat(Math.ceil(bytes / FUNCTION.length))})`;
}
