package org.anabranch.backend.simd;

import static org.anabranch.backend.simd.Activation.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.anabranch.graph.UnaryFunction;

/**
 * The functions of {@link Activation} in lanes, operation by operation the same. At most one
 * exponential or logarithm a loop: with two, C2's inlining budget runs out and it boxes vectors (12
 * ns a number instead of 1).
 */
final class VectorActivation {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int L = S.length();

  private VectorActivation() {}

  static void unary(UnaryFunction f, int count, float[] x, int xi, float[] out, int oi) {
    switch (f) {
      case NEGATE -> negate(count, x, xi, out, oi);
      case ABSOLUTE -> absolute(count, x, xi, out, oi);
      case SQRT -> sqrt(count, x, xi, out, oi);
      case RECIPROCAL -> reciprocal(count, x, xi, out, oi);
      case SQUARE -> square(count, x, xi, out, oi);
      case EXP -> exp(count, x, xi, out, oi);
      case LOG -> log(count, x, xi, out, oi);
      case TANH -> tanh(count, x, xi, out, oi);
      case SIGMOID -> sigmoid(count, x, xi, out, oi);
      case SOFTPLUS -> softplus(count, x, xi, out, oi);
      case RELU -> relu(count, x, xi, out, oi);
      case STEP -> step(count, x, xi, out, oi);
      case SIN -> VectorCircular.sin(count, x, xi, out, oi);
      case COS -> VectorCircular.cos(count, x, xi, out, oi);
      case EXPM1 -> expm1(count, x, xi, out, oi);
      case ERF -> VectorErrorFunction.erf(count, x, xi, out, oi);
    }
  }

  private static void negate(int n, float[] x, int i, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      FloatVector.fromArray(S, x, i + c).neg().intoArray(out, o + c);
    }
  }

  private static void absolute(int n, float[] x, int i, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      FloatVector.fromArray(S, x, i + c).abs().intoArray(out, o + c);
    }
  }

  private static void sqrt(int n, float[] x, int i, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      FloatVector.fromArray(S, x, i + c).sqrt().intoArray(out, o + c);
    }
  }

  private static void reciprocal(int n, float[] x, int i, float[] out, int o) {
    FloatVector one = FloatVector.broadcast(S, 1);
    for (int c = 0; c < n; c += L) {
      one.div(FloatVector.fromArray(S, x, i + c)).intoArray(out, o + c);
    }
  }

  private static void square(int n, float[] x, int i, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      FloatVector v = FloatVector.fromArray(S, x, i + c);
      v.mul(v).intoArray(out, o + c);
    }
  }

  private static void relu(int n, float[] x, int i, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      FloatVector v = FloatVector.fromArray(S, x, i + c);
      v.blend(0, v.compare(VectorOperators.LE, 0)).intoArray(out, o + c);
    }
  }

  private static void step(int n, float[] x, int i, float[] out, int o) {
    FloatVector zero = FloatVector.zero(S);
    for (int c = 0; c < n; c += L) {
      FloatVector v = FloatVector.fromArray(S, x, i + c);
      zero.blend(1, v.compare(VectorOperators.GT, 0)).intoArray(out, o + c);
    }
  }

  private static void exp(int n, float[] x, int i, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      exp(FloatVector.fromArray(S, x, i + c)).intoArray(out, o + c);
    }
  }

  private static void sigmoid(int n, float[] x, int i, float[] out, int o) {
    FloatVector one = FloatVector.broadcast(S, 1);
    for (int c = 0; c < n; c += L) {
      FloatVector e = exp(FloatVector.fromArray(S, x, i + c).neg());
      one.div(one.add(e)).intoArray(out, o + c);
    }
  }

  private static void softplus(int n, float[] x, int i, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      FloatVector v = FloatVector.fromArray(S, x, i + c);
      FloatVector t = exp(v.abs().neg());
      FloatVector positive = FloatVector.zero(S).blend(v, v.compare(VectorOperators.GT, 0));
      positive.add(logOfOnePlus(t)).intoArray(out, o + c);
    }
  }

  private static void expm1(int n, float[] x, int i, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      expm1(FloatVector.fromArray(S, x, i + c)).intoArray(out, o + c);
    }
  }

  private static FloatVector expm1(FloatVector x) {
    FloatVector z = x.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUNDER));
    FloatVector n = z.sub(ROUNDER);
    FloatVector r =
        n.fma(FloatVector.broadcast(S, -LN2_LOW), n.fma(FloatVector.broadcast(S, -LN2_HIGH), x));
    FloatVector p = FloatVector.broadcast(S, EXP_7).fma(r, FloatVector.broadcast(S, EXP_6));
    p = p.fma(r, FloatVector.broadcast(S, EXP_5));
    p = p.fma(r, FloatVector.broadcast(S, EXP_4));
    p = p.fma(r, FloatVector.broadcast(S, EXP_3));
    p = p.fma(r, FloatVector.broadcast(S, EXP_2));
    FloatVector y = p.fma(r.mul(r), r);
    IntVector exponent = z.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    FloatVector half = exponent.add(HALF_BITS).reinterpretAsFloats();
    FloatVector inside = half.fma(y, half.sub(0.5f)).mul(2);
    FloatVector outside = x.mul(Float.POSITIVE_INFINITY);
    return outside
        .blend(inside, x.compare(VectorOperators.LE, EXP_HIGHEST))
        .blend(x, x.abs().compare(VectorOperators.LT, EXPM1_TINY))
        .blend(-1, x.compare(VectorOperators.LT, EXPM1_LOWEST));
  }

  private static FloatVector exp(FloatVector x) {
    FloatVector z = x.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUNDER));
    FloatVector n = z.sub(ROUNDER);
    FloatVector r =
        n.fma(FloatVector.broadcast(S, -LN2_LOW), n.fma(FloatVector.broadcast(S, -LN2_HIGH), x));
    FloatVector p = FloatVector.broadcast(S, EXP_7).fma(r, FloatVector.broadcast(S, EXP_6));
    p = p.fma(r, FloatVector.broadcast(S, EXP_5));
    p = p.fma(r, FloatVector.broadcast(S, EXP_4));
    p = p.fma(r, FloatVector.broadcast(S, EXP_3));
    p = p.fma(r, FloatVector.broadcast(S, EXP_2));
    FloatVector y = p.fma(r.mul(r), r).add(1);
    IntVector exponent = z.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    FloatVector e = y.reinterpretAsInts().add(exponent).reinterpretAsFloats();
    FloatVector outside = x.mul(Float.POSITIVE_INFINITY);
    FloatVector inside = outside.blend(e, x.compare(VectorOperators.LE, EXP_HIGHEST));
    return inside.blend(0, x.compare(VectorOperators.LT, EXP_LOWEST));
  }

  private static FloatVector logOfOnePlus(FloatVector t) {
    FloatVector q = FloatVector.broadcast(S, LOG1P_8).fma(t, FloatVector.broadcast(S, LOG1P_7));
    q = q.fma(t, FloatVector.broadcast(S, LOG1P_6));
    q = q.fma(t, FloatVector.broadcast(S, LOG1P_5));
    q = q.fma(t, FloatVector.broadcast(S, LOG1P_4));
    q = q.fma(t, FloatVector.broadcast(S, LOG1P_3));
    q = q.fma(t, FloatVector.broadcast(S, LOG1P_2));
    q = q.fma(t, FloatVector.broadcast(S, LOG1P_1));
    q = q.fma(t, FloatVector.broadcast(S, LOG1P_0));
    return t.mul(t).fma(q, t);
  }

  private static void log(int n, float[] x, int xi, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      FloatVector v = FloatVector.fromArray(S, x, xi + c);
      VectorMask<Float> subnormal = v.compare(VectorOperators.LT, SMALLEST_NORMAL);
      IntVector i = v.blend(v.mul(0x1p23f), subnormal).reinterpretAsInts();
      IntVector e = i.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
      FloatVector m = i.sub(e.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1);
      FloatVector f = e.add(ROUNDER_BITS).reinterpretAsFloats().sub(ROUNDER);
      f = f.sub(FloatVector.zero(S).blend(23, subnormal));
      FloatVector z = m.mul(m); // log((1 + m) · 2^f)
      FloatVector p = FloatVector.broadcast(S, LOG_9).fma(m, FloatVector.broadcast(S, LOG_8));
      p = p.fma(m, FloatVector.broadcast(S, LOG_7));
      p = p.fma(m, FloatVector.broadcast(S, LOG_6));
      p = p.fma(m, FloatVector.broadcast(S, LOG_5));
      p = p.fma(m, FloatVector.broadcast(S, LOG_4));
      p = p.fma(m, FloatVector.broadcast(S, LOG_3));
      p = p.fma(m, FloatVector.broadcast(S, LOG_2));
      p = p.fma(m, FloatVector.broadcast(S, LOG_1));
      FloatVector y =
          z.fma(
              FloatVector.broadcast(S, -0.5f),
              f.fma(FloatVector.broadcast(S, LN2_LOW), p.mul(m).mul(z)));
      FloatVector inside = f.fma(FloatVector.broadcast(S, LN2_HIGH), m.add(y));
      FloatVector finite = v.blend(inside, v.compare(VectorOperators.LT, Float.POSITIVE_INFINITY));
      finite
          .blend(Float.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, 0))
          .blend(Float.NaN, v.compare(VectorOperators.LT, 0))
          .intoArray(out, o + c);
    }
  }

  private static void tanh(int n, float[] x, int i, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      FloatVector v = FloatVector.fromArray(S, x, i + c);
      FloatVector t = v.blend(TANH_LIMIT, v.compare(VectorOperators.GT, TANH_LIMIT));
      t = t.blend(-TANH_LIMIT, t.compare(VectorOperators.LT, -TANH_LIMIT));
      FloatVector s = t.mul(t);
      FloatVector p = FloatVector.broadcast(S, TANH_P13).fma(s, FloatVector.broadcast(S, TANH_P11));
      p = p.fma(s, FloatVector.broadcast(S, TANH_P9));
      p = p.fma(s, FloatVector.broadcast(S, TANH_P7));
      p = p.fma(s, FloatVector.broadcast(S, TANH_P5));
      p = p.fma(s, FloatVector.broadcast(S, TANH_P3));
      p = p.fma(s, FloatVector.broadcast(S, TANH_P1));
      FloatVector q = FloatVector.broadcast(S, TANH_Q6).fma(s, FloatVector.broadcast(S, TANH_Q4));
      q = q.fma(s, FloatVector.broadcast(S, TANH_Q2));
      q = q.fma(s, FloatVector.broadcast(S, TANH_Q0));
      p.mul(t).div(q).intoArray(out, o + c);
    }
  }
}
