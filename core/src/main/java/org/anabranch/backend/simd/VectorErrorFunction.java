package org.anabranch.backend.simd;

import static org.anabranch.backend.simd.ErrorFunction.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link ErrorFunction} in lanes, operation by operation the same. */
final class VectorErrorFunction {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int L = S.length();

  private VectorErrorFunction() {}

  static void erf(int n, float[] x, int xi, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      FloatVector v = FloatVector.fromArray(S, x, xi + c);
      IntVector tail = expm1(exponent(v.abs())).reinterpretAsInts().and(~SIGN_BIT);
      IntVector sign = v.reinterpretAsInts().and(SIGN_BIT);
      tail.or(sign).reinterpretAsFloats().intoArray(out, o + c);
    }
  }

  private static FloatVector exponent(FloatVector t) {
    FloatVector u = t.blend(LARGEST, t.compare(VectorOperators.GT, LARGEST));
    FloatVector q = FloatVector.broadcast(S, Q_8).fma(u, FloatVector.broadcast(S, Q_7));
    q = q.fma(u, FloatVector.broadcast(S, Q_6));
    q = q.fma(u, FloatVector.broadcast(S, Q_5));
    q = q.fma(u, FloatVector.broadcast(S, Q_4));
    q = q.fma(u, FloatVector.broadcast(S, Q_3));
    q = q.fma(u, FloatVector.broadcast(S, Q_2));
    q = q.fma(u, FloatVector.broadcast(S, Q_1));
    q = q.fma(u, FloatVector.broadcast(S, Q_0));
    return q.fma(u, u.neg());
  }

  private static FloatVector expm1(FloatVector x) {
    FloatVector z =
        x.fma(
            FloatVector.broadcast(S, Activation.LOG2_E),
            FloatVector.broadcast(S, Activation.ROUNDER));
    FloatVector n = z.sub(Activation.ROUNDER);
    FloatVector r = n.fma(FloatVector.broadcast(S, -Activation.LN2_HIGH), x);
    r = n.fma(FloatVector.broadcast(S, -Activation.LN2_LOW), r);
    FloatVector p =
        FloatVector.broadcast(S, Activation.EXP_7)
            .fma(r, FloatVector.broadcast(S, Activation.EXP_6));
    p = p.fma(r, FloatVector.broadcast(S, Activation.EXP_5));
    p = p.fma(r, FloatVector.broadcast(S, Activation.EXP_4));
    p = p.fma(r, FloatVector.broadcast(S, Activation.EXP_3));
    p = p.fma(r, FloatVector.broadcast(S, Activation.EXP_2));
    FloatVector y = p.fma(r.mul(r), r);
    IntVector exponent = z.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    FloatVector scale = exponent.add(ONE_BITS).reinterpretAsFloats();
    return scale.fma(y, scale.sub(1));
  }
}
