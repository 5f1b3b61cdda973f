package org.anabranch.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * How many numbers the vector kernels take at once. Constants, because a species that the compiler
 * cannot see to be constant costs a factor of 45 (measured: y = x·x·a + b, 2.7 against 0.06 ns).
 */
final class Lanes {
  private static final VectorShape SHAPE = shape();

  static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);
  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SHAPE);
  static final VectorSpecies<Double> WIDE = VectorSpecies.of(double.class, SHAPE);
  static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, SHAPE);

  /** float32 lanes. */
  static final int COUNT = FLOATS.length();

  private Lanes() {}

  /** What this machine does best, in float32 lanes. */
  static int preferred() {
    return FloatVector.SPECIES_PREFERRED.length();
  }

  private static VectorShape shape() {
    int lanes = KernelChoice.forcedLanes().orElse(preferred());
    return VectorShape.forBitSize(lanes * Float.SIZE);
  }
}
