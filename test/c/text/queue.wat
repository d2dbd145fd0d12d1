(module
  (type (func (param i32) (result i32)))
  (type (func))
  (type (func (param i32 i32)))
  (type (func (param i32)))
  (type (func (result i32)))
  (import "env" "memory" (memory 1 1 shared))
  (import "wasi" "thread-spawn" (func $thread_spawn (type 0) (param i32) (result i32)))
  (table 1 1 (ref null func))
  (global $__stack_pointer (mut i32) (i32.const 2608))
  (export "wasi_thread_start" (func $wasi_thread_start))
  (export "main" (func $__original_main))
  (start $__wasm_init_memory)
  (func $__wasm_init_memory (type 1)
    block
      block
        block
          i32.const 1580
          i32.const 0
          i32.const 1
          i32.atomic.rmw.cmpxchg
          br_table 0 1 2
        end
        i32.const 1024
        i32.const 0
        i32.const 556
        memory.fill
        i32.const 1580
        i32.const 2
        i32.atomic.store
        i32.const 1580
        i32.const -1
        memory.atomic.notify
        drop
        br 1
      end
      i32.const 1580
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
    (local i32 i32)
    block
      block
        block
          local.get 0
          br_if 0
          i32.const 1544
          i32.const 1
          call $enqueue
          i32.const 1552
          i32.const 2
          call $enqueue
          br 1
        end
        call $dequeue
        local.set 1
        call $dequeue
        local.set 2
        local.get 1
        i32.const 2
        i32.ge_u
        br_if 1
        local.get 2
        i32.const -3
        i32.and
        i32.const 0
        i32.ne
        local.get 2
        i32.const 2
        i32.eq
        local.get 1
        select
        i32.const 1
        i32.eq
        br_if 1
        i32.const 0
        local.get 2
        local.get 1
        i32.add
        i32.store offset=1560
      end
      local.get 0
      i32.const 2
      i32.shl
      i32.const 1572
      i32.add
      local.tee 0
      i32.const 1
      i32.atomic.store
      local.get 0
      i32.const 1
      memory.atomic.notify
      drop
      return
    end
    unreachable
    unreachable
  )
  (func $enqueue (type 2) (param i32 i32)
    (local i32)
    local.get 0
    local.get 1
    i32.store offset=4
    loop
      block
        i32.const 0
        i32.atomic.load offset=1564
        local.tee 1
        i32.atomic.load
        local.tee 2
        i32.eqz
        br_if 0
        i32.const 0
        local.get 1
        local.get 2
        i32.atomic.rmw.cmpxchg offset=1564
        drop
        br 1
      end
      local.get 1
      i32.const 0
      local.get 0
      i32.atomic.rmw.cmpxchg
      br_if 0
    end
    i32.const 0
    local.get 1
    local.get 0
    i32.atomic.rmw.cmpxchg offset=1564
    drop
  )
  (func $dequeue (type 4) (result i32)
    (local i32 i32 i32 i32)
    loop
      i32.const 0
      i32.atomic.load offset=1568
      local.set 0
      i32.const 0
      i32.atomic.load offset=1564
      local.set 1
      block
        block
          local.get 0
          i32.atomic.load
          local.tee 2
          br_if 0
          i32.const 0
          local.set 1
          i32.const 0
          local.set 3
          br 1
        end
        block
          block
            local.get 0
            local.get 1
            i32.ne
            br_if 0
            i32.const 0
            local.get 1
            local.get 2
            i32.atomic.rmw.cmpxchg offset=1564
            drop
            br 1
          end
          i32.const 0
          local.set 1
          local.get 2
          i32.load offset=4
          local.get 3
          i32.const 0
          local.get 0
          local.get 2
          i32.atomic.rmw.cmpxchg offset=1568
          local.get 0
          i32.eq
          local.tee 0
          select
          local.set 3
          local.get 0
          br_if 1
        end
        i32.const 1
        local.set 1
      end
      local.get 1
      br_if 0
    end
    local.get 3
  )
  (func $__original_main (type 4) (result i32)
    (local i32)
    i32.const 0
    i32.const 1536
    i32.store offset=1568
    i32.const 0
    i32.const 1536
    i32.store offset=1564
    i32.const 0
    local.set 0
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
        i32.const 1572
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
      block
        call $dequeue
        local.tee 0
        i32.eqz
        br_if 0
        loop
          i32.const 0
          i32.const 0
          i32.load offset=1560
          local.get 0
          i32.add
          i32.store offset=1560
          call $dequeue
          local.tee 0
          br_if 0
        end
      end
      i32.const 0
      i32.load offset=1560
      local.tee 0
      i32.const 3
      i32.ne
      br_if 0
      local.get 0
      return
    end
    unreachable
    unreachable
  )
)
