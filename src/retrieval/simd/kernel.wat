;; Vector arithmetic on float32 and int8 in linear memory, four or sixteen numbers at a time.
;; Addresses are byte offsets; `size` is a count of numbers and a multiple of 4 (float32) or 16 (int8).
(module
  (import "env" "memory" (memory 1 65536 shared))

  ;; The dot product of two float32 vectors.
  (func $dot (export "dot") (param $a i32) (param $b i32) (param $size i32) (result f32)
    (local $end i32) (local $sum v128) (local $other v128)
    (local.set $end (i32.add (local.get $a) (i32.shl (local.get $size) (i32.const 2))))
    (block $pairsDone
      (loop $pairs
        (br_if $pairsDone (i32.gt_u (i32.add (local.get $a) (i32.const 32)) (local.get $end)))
        (local.set $sum (f32x4.add (local.get $sum) (f32x4.mul (v128.load (local.get $a)) (v128.load (local.get $b)))))
        (local.set $other (f32x4.add (local.get $other)
          (f32x4.mul (v128.load offset=16 (local.get $a)) (v128.load offset=16 (local.get $b)))))
        (local.set $a (i32.add (local.get $a) (i32.const 32)))
        (local.set $b (i32.add (local.get $b) (i32.const 32)))
        (br $pairs)))
    (if (i32.lt_u (local.get $a) (local.get $end))
      (then (local.set $sum (f32x4.add (local.get $sum) (f32x4.mul (v128.load (local.get $a)) (v128.load (local.get $b)))))))
    (local.set $sum (f32x4.add (local.get $sum) (local.get $other)))
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $sum)) (f32x4.extract_lane 1 (local.get $sum)))
      (f32.add (f32x4.extract_lane 2 (local.get $sum)) (f32x4.extract_lane 3 (local.get $sum)))))

  ;; out[i] = the dot product of `query` and row i of `rows`.
  (func (export "dots") (param $query i32) (param $rows i32) (param $count i32) (param $size i32) (param $out i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $out) (local.get $end)))
        (f32.store (local.get $out) (call $dot (local.get $query) (local.get $rows) (local.get $size)))
        (local.set $rows (i32.add (local.get $rows) (i32.shl (local.get $size) (i32.const 2))))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (br $next))))

  ;; target += factor * source.
  (func (export "addScaled") (param $target i32) (param $source i32) (param $factor f32) (param $size i32)
    (local $end i32) (local $scale v128)
    (local.set $scale (f32x4.splat (local.get $factor)))
    (local.set $end (i32.add (local.get $target) (i32.shl (local.get $size) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $target) (local.get $end)))
        (v128.store (local.get $target)
          (f32x4.add (v128.load (local.get $target)) (f32x4.mul (local.get $scale) (v128.load (local.get $source)))))
        (local.set $target (i32.add (local.get $target) (i32.const 16)))
        (local.set $source (i32.add (local.get $source) (i32.const 16)))
        (br $next))))

  ;; out[i] = the dot product of the int8 vector `query` and row i of the int8 matrix `rows`, as int32. Two rows at a time, so
  ;; that the query is read and widened once for both; an odd last row is taken twice.
  (func (export "byteDots") (param $query i32) (param $rows i32) (param $count i32) (param $size i32) (param $out i32)
    (local $at i32) (local $end i32) (local $below i32) (local $qLow v128) (local $qHigh v128)
    (local $r v128) (local $first v128) (local $second v128)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $out) (local.get $end)))
        (local.set $below
          (select (i32.add (local.get $rows) (local.get $size)) (local.get $rows)
            (i32.lt_u (i32.add (local.get $out) (i32.const 4)) (local.get $end))))
        (local.set $at (i32.const 0))
        (local.set $first (v128.const i32x4 0 0 0 0))
        (local.set $second (v128.const i32x4 0 0 0 0))
        (loop $more
          (local.set $r (v128.load (i32.add (local.get $query) (local.get $at))))
          (local.set $qLow (i16x8.extend_low_i8x16_s (local.get $r)))
          (local.set $qHigh (i16x8.extend_high_i8x16_s (local.get $r)))
          (local.set $r (v128.load (i32.add (local.get $rows) (local.get $at))))
          (local.set $first (i32x4.add (local.get $first)
            (i32x4.add
              (i32x4.dot_i16x8_s (local.get $qLow) (i16x8.extend_low_i8x16_s (local.get $r)))
              (i32x4.dot_i16x8_s (local.get $qHigh) (i16x8.extend_high_i8x16_s (local.get $r))))))
          (local.set $r (v128.load (i32.add (local.get $below) (local.get $at))))
          (local.set $second (i32x4.add (local.get $second)
            (i32x4.add
              (i32x4.dot_i16x8_s (local.get $qLow) (i16x8.extend_low_i8x16_s (local.get $r)))
              (i32x4.dot_i16x8_s (local.get $qHigh) (i16x8.extend_high_i8x16_s (local.get $r))))))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br_if $more (i32.lt_u (local.get $at) (local.get $size))))
        (i32.store (local.get $out)
          (i32.add
            (i32.add (i32x4.extract_lane 0 (local.get $first)) (i32x4.extract_lane 1 (local.get $first)))
            (i32.add (i32x4.extract_lane 2 (local.get $first)) (i32x4.extract_lane 3 (local.get $first)))))
        (if (i32.ne (local.get $below) (local.get $rows))
          (then (i32.store offset=4 (local.get $out)
            (i32.add
            (i32.add (i32x4.extract_lane 0 (local.get $second)) (i32x4.extract_lane 1 (local.get $second)))
            (i32.add (i32x4.extract_lane 2 (local.get $second)) (i32x4.extract_lane 3 (local.get $second)))))))
        (local.set $rows (i32.add (local.get $rows) (i32.shl (local.get $size) (i32.const 1))))
        (local.set $out (i32.add (local.get $out) (i32.const 8)))
        (br $next))))

  ;; The sum of the values that the trees `from` up to `to` give a row of float32 features.
  ;; `roots` holds the address of each tree's first node as int32. A node has 16 bytes: the byte offset of its feature in the
  ;; row (int32, -1 for a leaf), its threshold or a leaf's value (float32), and the addresses of the nodes for features up to
  ;; the threshold and above it (int32). Which of the two comes next is computed, not branched on: a processor guesses it
  ;; wrong half of the time.
  (func (export "treeSum") (param $row i32) (param $roots i32) (param $from i32) (param $to i32) (result f32)
    (local $node i32) (local $feature i32) (local $sum f32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
        (local.set $node (i32.load (i32.add (local.get $roots) (i32.shl (local.get $from) (i32.const 2)))))
        (block $leaf
          (loop $down
            (local.set $feature (i32.load (local.get $node)))
            (br_if $leaf (i32.lt_s (local.get $feature) (i32.const 0)))
            (local.set $node
              (i32.load offset=8
                (i32.add (local.get $node)
                  (i32.shl
                    (f32.gt (f32.load (i32.add (local.get $row) (local.get $feature))) (f32.load offset=4 (local.get $node)))
                    (i32.const 2)))))
            (br $down)))
        (local.set $sum (f32.add (local.get $sum) (f32.load offset=4 (local.get $node))))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (br $next)))
    (local.get $sum)))
