(module
  (type (func (param i32) (result i32)))
  (type (func))
  (type (func (param i32 i32)))
  (type (func (param i32)))
  (type (func (result i32)))
  (import "env" "memory" (memory 1 1 shared))
  (import "wasi" "thread-spawn" (func $thread_spawn (type 0) (param i32) (result i32)))
  (table 1 1 (ref null func))
  (global $__stack_pointer (mut i32) (i32.const 2352))
  (export "wasi_thread_start" (func $wasi_thread_start))
  (export "main" (func $__original_main))
  (start $__wasm_init_memory)
  (func $__wasm_init_memory (type 1)
    block
      block
        block
          i32.const 1316
          i32.const 0
          i32.const 1
          i32.atomic.rmw.cmpxchg
          br_table 0 1 2
        end
        i32.const 1024
        i32.const 0
        i32.const 12
        memory.init $.data
        i32.const 1040
        i32.const 0
        i32.const 276
        memory.fill
        i32.const 1316
        i32.const 2
        i32.atomic.store
        i32.const 1316
        i32.const -1
        memory.atomic.notify
        drop
        br 1
      end
      i32.const 1316
      i32.const 1
      i64.const -1
      memory.atomic.wait32
      drop
    end
    data.drop $.data
  )
  (func $wasi_thread_start (type 2) (param i32 i32)
    (local i32)
    local.get 1
    i32.const 8
    i32.shl
    i32.const 1296
    i32.add
    local.set 2
    local.get 2
    global.set $__stack_pointer
    local.get 1
    call $run
  )
  (func $run (type 3) (param i32)
    (local i32 i32 i32 i32)
    i32.const 0
    local.set 1
    local.get 0
    i32.const 2
    i32.shl
    local.set 2
    i32.const 1296
    local.set 3
    block
      loop
        local.get 1
        local.tee 4
        i32.const 3
        i32.shl
        local.get 2
        i32.add
        i32.const 1296
        i32.add
        i32.const 1
        i32.store
        i32.const 1024
        call $barrier_wait
        i32.const 0
        local.set 1
        loop
          local.get 3
          local.get 1
          i32.add
          i32.load
          i32.eqz
          br_if 2
          local.get 1
          i32.const 4
          i32.add
          local.tee 1
          i32.const 4
          i32.eq
          br_if 0
        end
        local.get 3
        i32.const 8
        i32.add
        local.set 3
        local.get 4
        i32.const 1
        i32.add
        local.set 1
        local.get 4
        i32.eqz
        br_if 0
      end
      local.get 0
      i32.const 2
      i32.shl
      i32.const 1312
      i32.add
      local.tee 1
      i32.const 1
      i32.atomic.store
      local.get 1
      i32.const 1
      memory.atomic.notify
      drop
      return
    end
    unreachable
    unreachable
  )
  (func $barrier_wait (type 3) (param i32)
    (local i32 i32)
    local.get 0
    i32.const 8
    i32.add
    local.set 1
    local.get 0
    i32.atomic.load offset=8
    local.set 2
    block
      block
        local.get 0
        i32.const 1
        i32.atomic.rmw.add offset=4
        i32.const 1
        i32.add
        local.get 0
        i32.load
        i32.eq
        br_if 0
        local.get 1
        i32.atomic.load
        local.get 2
        i32.ne
        br_if 1
        loop
          local.get 1
          local.get 2
          i64.const -1
          memory.atomic.wait32
          drop
          local.get 1
          i32.atomic.load
          local.get 2
          i32.eq
          br_if 0
          br 2
        end
      end
      local.get 0
      i32.const 0
      i32.atomic.store offset=4
      local.get 0
      i32.const 1
      i32.atomic.rmw.add offset=8
      drop
      local.get 1
      i32.const 2147483647
      memory.atomic.notify
      drop
    end
  )
  (func $__original_main (type 4) (result i32)
    (local i32 i32 i32)
    i32.const 0
    local.set 0
    block
      i32.const 0
      call $thread_spawn
      i32.const 1
      i32.lt_s
      br_if 0
      i32.const 1296
      local.set 1
      loop
        local.get 0
        local.tee 2
        i32.const 3
        i32.shl
        i32.const 1300
        i32.add
        i32.const 1
        i32.store
        i32.const 1024
        call $barrier_wait
        i32.const 0
        local.set 0
        loop
          local.get 1
          local.get 0
          i32.add
          i32.load
          i32.eqz
          br_if 2
          local.get 0
          i32.const 4
          i32.add
          local.tee 0
          i32.const 4
          i32.eq
          br_if 0
        end
        local.get 1
        i32.const 8
        i32.add
        local.set 1
        local.get 2
        i32.const 1
        i32.add
        local.set 0
        local.get 2
        i32.eqz
        br_if 0
      end
      i32.const 0
      i32.const 0
      i64.const -1
      memory.atomic.wait32 offset=1312
      drop
      i32.const 0
      return
    end
    unreachable
    unreachable
  )
  (data $.data "\02\00\00\00\00\00\00\00\00\00\00\00")
)
