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
          i32.const 1556
          i32.const 0
          i32.const 1
          i32.atomic.rmw.cmpxchg
          br_table 0 1 2
        end
        i32.const 1024
        i32.const 0
        i32.const 532
        memory.fill
        i32.const 1556
        i32.const 2
        i32.atomic.store
        i32.const 1556
        i32.const -1
        memory.atomic.notify
        drop
        br 1
      end
      i32.const 1556
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
    block
      block
        local.get 0
        br_if 0
        call $put
        br 1
      end
      call $take
    end
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
  (func $put (type 1)
    i32.const 1548
    call $mutex_lock
    i32.const 0
    i32.const 0
    i32.load offset=1536
    i32.const 1
    i32.add
    i32.store offset=1536
    i32.const 1548
    call $mutex_unlock
    i32.const 1552
    call $cond_signal
  )
  (func $take (type 1)
    (local i32)
    i32.const 1548
    call $mutex_lock
    block
      i32.const 0
      i32.load offset=1536
      local.tee 0
      br_if 0
      loop
        i32.const 1552
        i32.const 1548
        call $cond_wait
        i32.const 0
        i32.load offset=1536
        local.tee 0
        i32.eqz
        br_if 0
      end
    end
    block
      local.get 0
      i32.const 0
      i32.gt_s
      br_if 0
      unreachable
      unreachable
    end
    i32.const 0
    local.get 0
    i32.const -1
    i32.add
    i32.store offset=1536
    i32.const 1548
    call $mutex_unlock
  )
  (func $mutex_lock (type 3) (param i32)
    block
      local.get 0
      i32.const 0
      i32.const 1
      i32.atomic.rmw.cmpxchg
      i32.eqz
      br_if 0
      local.get 0
      i32.const 2
      i32.atomic.rmw.xchg
      i32.eqz
      br_if 0
      loop
        local.get 0
        i32.const 2
        i64.const -1
        memory.atomic.wait32
        drop
        local.get 0
        i32.const 2
        i32.atomic.rmw.xchg
        br_if 0
      end
    end
  )
  (func $mutex_unlock (type 3) (param i32)
    block
      local.get 0
      i32.const 0
      i32.atomic.rmw.xchg
      i32.const 2
      i32.ne
      br_if 0
      local.get 0
      i32.const 1
      memory.atomic.notify
      drop
    end
  )
  (func $cond_wait (type 2) (param i32 i32)
    (local i32)
    local.get 0
    i32.atomic.load
    local.set 2
    local.get 1
    call $mutex_unlock
    local.get 0
    local.get 2
    i64.const -1
    memory.atomic.wait32
    drop
    local.get 1
    call $mutex_lock
  )
  (func $cond_signal (type 3) (param i32)
    local.get 0
    i32.const 1
    i32.atomic.rmw.add
    drop
    local.get 0
    i32.const 1
    memory.atomic.notify
    drop
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
        i32.eqz
        br_if 1
      end
      unreachable
      unreachable
    end
    local.get 0
  )
)
