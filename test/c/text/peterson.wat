(module
  (type (func (param i32) (result i32)))
  (type (func))
  (type (func (param i32 i32)))
  (type (func (param i32)))
  (type (func (result i32)))
  (import "env" "memory" (memory 1 1 shared))
  (import "wasi" "thread-spawn" (func $thread_spawn (type 0) (param i32) (result i32)))
  (table 1 1 (ref null func))
  (global $__stack_pointer (mut i32) (i32.const 2592))
  (export "wasi_thread_start" (func $wasi_thread_start))
  (export "main" (func $__original_main))
  (start $__wasm_init_memory)
  (func $__wasm_init_memory (type 1)
    block
      block
        block
          i32.const 1560
          i32.const 0
          i32.const 1
          i32.atomic.rmw.cmpxchg
          br_table 0 1 2
        end
        i32.const 1024
        i32.const 0
        i32.const 536
        memory.fill
        i32.const 1560
        i32.const 2
        i32.atomic.store
        i32.const 1560
        i32.const -1
        memory.atomic.notify
        drop
        br 1
      end
      i32.const 1560
      i32.const 1
      i64.const -1
      memory.atomic.wait32
      drop
    end
  )
  (func $wasi_thread_start (type 2) (param i32 i32)
    (local i32)
    local.get 1
    i32.const 8
    i32.shl
    i32.const 1280
    i32.add
    local.set 2
    local.get 2
    global.set $__stack_pointer
    local.get 1
    call $run
  )
  (func $run (type 3) (param i32)
    local.get 0
    call $lock
    i32.const 0
    i32.const 0
    i32.load offset=1536
    i32.const 1
    i32.add
    i32.store offset=1536
    local.get 0
    call $unlock
    local.get 0
    i32.const 2
    i32.shl
    i32.const 1540
    i32.add
    local.tee 0
    i32.const 1
    i32.atomic.store
    local.get 0
    i32.const 1
    memory.atomic.notify
    drop
  )
  (func $lock (type 3) (param i32)
    (local i32)
    local.get 0
    i32.const 2
    i32.shl
    i32.const 1548
    i32.add
    i32.const 1
    i32.atomic.store
    i32.const 0
    i32.const 1
    local.get 0
    i32.sub
    local.tee 0
    i32.atomic.store offset=1556
    local.get 0
    i32.const 2
    i32.shl
    i32.const 1548
    i32.add
    local.set 1
    block
      loop
        local.get 1
        i32.atomic.load
        i32.eqz
        br_if 1
        i32.const 0
        i32.atomic.load offset=1556
        local.get 0
        i32.eq
        br_if 0
      end
    end
  )
  (func $unlock (type 3) (param i32)
    local.get 0
    i32.const 2
    i32.shl
    i32.const 1548
    i32.add
    i32.const 0
    i32.atomic.store
  )
  (func $__original_main (type 4) (result i32)
    (local i32)
    i32.const 0
    local.set 0
    block
      block
        loop
          local.get 0
          call $thread_spawn
          i32.const 0
          i32.le_s
          br_if 1
          local.get 0
          i32.const 1
          i32.add
          local.tee 0
          i32.const 1
          i32.eq
          br_if 0
        end
        i32.const 0
        local.set 0
        loop
          local.get 0
          i32.const 1540
          i32.add
          i32.const 0
          i64.const -1
          memory.atomic.wait32
          drop
          local.get 0
          i32.const 4
          i32.add
          local.tee 0
          i32.const 4
          i32.eq
          br_if 0
        end
        i32.const 0
        i32.load offset=1536
        local.tee 0
        i32.const 2
        i32.eq
        br_if 1
      end
      unreachable
      unreachable
    end
    local.get 0
  )
)
