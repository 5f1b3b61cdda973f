package org.anabranch.backend.simd;

import static org.anabranch.backend.simd.ErrorFunction.*;

import jdk.incubator.vector.FloatVector;
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
      FloatVector t = v.abs();
      FloatVector tail = constant(1).sub(VectorActivation.exp(exponent(t)));
      FloatVector large = tail.blend(tail.neg(), v.compare(VectorOperators.LT, 0));
      large.blend(small(v), t.compare(VectorOperators.LE, SPLIT)).intoArray(out, o + c);
    }
  }

  private static FloatVector exponent(FloatVector t) {
    FloatVector u = t.blend(LARGEST, t.compare(VectorOperators.GT, LARGEST));
    FloatVector q = constant(Q_5).fma(u, constant(Q_4));
    q = q.fma(u, constant(Q_3));
    q = q.fma(u, constant(Q_2));
    q = q.fma(u, constant(Q_1));
    q = q.fma(u, constant(Q_0));
    return q.fma(u, u.neg());
  }

  private static FloatVector small(FloatVector x) {
    FloatVector s = x.mul(x);
    FloatVector p = constant(P_6).fma(s, constant(P_5));
    p = p.fma(s, constant(P_4));
    p = p.fma(s, constant(P_3));
    p = p.fma(s, constant(P_2));
    p = p.fma(s, constant(P_1));
    p = p.fma(s, constant(P_0));
    return p.fma(x, x);
  }

  private static FloatVector constant(float x) {
    return FloatVector.broadcast(S, x);
  }
}
