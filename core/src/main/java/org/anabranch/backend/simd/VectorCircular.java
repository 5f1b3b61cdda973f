package org.anabranch.backend.simd;

import static org.anabranch.backend.simd.Circular.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.anabranch.graph.UnaryFunction;

/** The functions of {@link Circular} in lanes, operation by operation the same. */
final class VectorCircular {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int L = S.length();

  private VectorCircular() {}

  static void sin(int n, float[] x, int xi, float[] out, int o) {
    if (anyBeyond(n, x, xi)) {
      number(UnaryFunction.SIN, n, x, xi, out, o);
    } else {
      reduced(n, x, xi, 0, out, o);
    }
  }

  static void cos(int n, float[] x, int xi, float[] out, int o) {
    if (anyBeyond(n, x, xi)) {
      number(UnaryFunction.COS, n, x, xi, out, o);
    } else {
      reduced(n, x, xi, 1, out, o);
    }
  }

  /** Whether a number is too large for lanes; in a loop of its own, so that none is done twice. */
  private static boolean anyBeyond(int n, float[] x, int xi) {
    FloatVector largest = FloatVector.zero(S);
    for (int c = 0; c < n; c += L) {
      FloatVector magnitude = FloatVector.fromArray(S, x, xi + c).abs();
      largest = largest.blend(magnitude, magnitude.compare(VectorOperators.GT, largest));
    }
    return largest.compare(VectorOperators.GT, LIMIT).anyTrue();
  }

  private static void number(UnaryFunction f, int n, float[] x, int xi, float[] out, int o) {
    for (int c = 0; c < n; c++) {
      out[o + c] = Activation.apply(f, x[xi + c]);
    }
  }

  private static void reduced(int n, float[] x, int xi, int quarters, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      FloatVector v = FloatVector.fromArray(S, x, xi + c);
      FloatVector z =
          v.fma(
              FloatVector.broadcast(S, TWO_OVER_PI), FloatVector.broadcast(S, Activation.ROUNDER));
      FloatVector turns = z.sub(Activation.ROUNDER);
      FloatVector r = turns.fma(FloatVector.broadcast(S, -HALF_PI_1), v);
      r = turns.fma(FloatVector.broadcast(S, -HALF_PI_2), r);
      r = turns.fma(FloatVector.broadcast(S, -HALF_PI_3), r);
      FloatVector s = r.mul(r);
      FloatVector p =
          FloatVector.broadcast(S, SIN_7)
              .fma(s, FloatVector.broadcast(S, SIN_5))
              .fma(s, FloatVector.broadcast(S, SIN_3));
      FloatVector sine = p.mul(s).fma(r, r);
      FloatVector q =
          FloatVector.broadcast(S, COS_8)
              .fma(s, FloatVector.broadcast(S, COS_6))
              .fma(s, FloatVector.broadcast(S, COS_4));
      FloatVector cosine =
          q.fma(s.mul(s), s.fma(FloatVector.broadcast(S, -0.5f), FloatVector.broadcast(S, 1)));
      IntVector quadrant = z.reinterpretAsInts().add(quarters);
      VectorMask<Float> even = quadrant.and(1).reinterpretAsFloats().compare(VectorOperators.EQ, 0);
      IntVector sign = quadrant.and(2).lanewise(VectorOperators.LSHL, 30);
      IntVector bits = cosine.blend(sine, even).reinterpretAsInts();
      bits.lanewise(VectorOperators.XOR, sign).reinterpretAsFloats().intoArray(out, o + c);
    }
  }
}
