package org.anabranch.backend.simd;

/** One kernel call with everything it needs. */
interface Instruction {
  void run();
}
