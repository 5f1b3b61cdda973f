package org.anabranch.backend.simd;

import static org.anabranch.backend.simd.ScalarFixedPoint.FINE;
import static org.anabranch.backend.simd.ScalarFixedPoint.MAGIC;
import static org.anabranch.backend.simd.ScalarFixedPoint.MAGIC_BITS;
import static org.anabranch.backend.simd.ScalarFixedPoint.MAGNITUDE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link FixedPointLoops} in lanes; what is left over goes number by number. */
final class VectorFixedPoint implements FixedPointLoops {
  private static final VectorSpecies<Double> S = Lanes.WIDE;
  private static final VectorSpecies<Long> LONGS = Lanes.LONGS;
  private static final int L = S.length();
  private static final ScalarFixedPoint REST = new ScalarFixedPoint();

  @Override
  public long largestBits(double[] values, int from, int to) {
    LongVector a = LongVector.zero(LONGS);
    LongVector b = LongVector.zero(LONGS);
    int i = from;
    for (; i <= to - 2 * L; i += 2 * L) {
      a = a.max(magnitudes(values, i));
      b = b.max(magnitudes(values, i + L));
    }
    long largest = a.max(b).reduceLanes(VectorOperators.MAX);
    return Math.max(largest, REST.largestBits(values, i, to));
  }

  private static LongVector magnitudes(double[] values, int at) {
    return DoubleVector.fromArray(S, values, at).reinterpretAsLongs().and(MAGNITUDE);
  }

  @Override
  public void accumulate(double[] values, int from, int to, int exponent, long[] sums, int at) {
    double factor = Math.scalb(1.0, exponent);
    int offset = at - from;
    int i = from;
    for (; i <= to - L; i += L) {
      DoubleVector shifted = DoubleVector.fromArray(S, values, i).mul(factor).add(MAGIC);
      add(shifted, sums, i + offset);
    }
    REST.accumulate(values, i, to, exponent, sums, i + offset);
  }

  @Override
  public void accumulateWide(
      double[] values, int from, int to, int exponent, long[] sums, long[] fine, int at) {
    double factor = Math.scalb(1.0, exponent);
    int offset = at - from;
    int i = from;
    for (; i <= to - L; i += L) {
      DoubleVector scaled = DoubleVector.fromArray(S, values, i).mul(factor);
      DoubleVector shifted = scaled.add(MAGIC);
      DoubleVector rest = scaled.sub(shifted.sub(MAGIC)); // exact, and at most a half
      add(shifted, sums, i + offset);
      add(rest.mul(FINE).add(MAGIC), fine, i + offset);
    }
    REST.accumulateWide(values, i, to, exponent, sums, fine, i + offset);
  }

  private static void add(DoubleVector shifted, long[] sums, int at) {
    LongVector integers = shifted.reinterpretAsLongs().sub(MAGIC_BITS);
    LongVector.fromArray(LONGS, sums, at).add(integers).intoArray(sums, at);
  }
}
