package org.anabranch.backend.simd;

import static org.anabranch.backend.simd.DoubleActivation.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.anabranch.graph.UnaryFunction;

/**
 * The functions of {@link DoubleActivation} in lanes, operation by operation the same. What follows
 * an exponential has a loop of its own, with the result as the bridge: in one loop C2 meets its
 * limit of nodes (NodeCountInliningCutoff), leaves a call of a helper in, and boxes. So constants
 * are broadcast in place: that C2 inlines whatever its limits.
 */
final class VectorDoubleActivation {
  private static final VectorSpecies<Double> S = Lanes.WIDE;
  private static final int L = S.length();

  private VectorDoubleActivation() {}

  static void unary(UnaryFunction f, int count, double[] x, int xi, double[] out, int oi) {
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
      case SIN, COS, EXPM1, ERF -> numberByNumber(f, count, x, xi, out, oi);
    }
  }

  /** What StrictMath specifies to the bit; nothing here needs it fast yet. */
  private static void numberByNumber(
      UnaryFunction f, int n, double[] x, int i, double[] out, int o) {
    for (int c = 0; c < n; c++) {
      out[o + c] = DoubleActivation.apply(f, x[i + c]);
    }
  }

  private static void negate(int n, double[] x, int i, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector.fromArray(S, x, i + c).neg().intoArray(out, o + c);
    }
  }

  private static void absolute(int n, double[] x, int i, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector.fromArray(S, x, i + c).abs().intoArray(out, o + c);
    }
  }

  private static void sqrt(int n, double[] x, int i, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector.fromArray(S, x, i + c).sqrt().intoArray(out, o + c);
    }
  }

  private static void reciprocal(int n, double[] x, int i, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector.broadcast(S, 1).div(DoubleVector.fromArray(S, x, i + c)).intoArray(out, o + c);
    }
  }

  private static void square(int n, double[] x, int i, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector v = DoubleVector.fromArray(S, x, i + c);
      v.mul(v).intoArray(out, o + c);
    }
  }

  private static void relu(int n, double[] x, int i, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector v = DoubleVector.fromArray(S, x, i + c);
      v.blend(0, v.compare(VectorOperators.LE, 0)).intoArray(out, o + c);
    }
  }

  private static void step(int n, double[] x, int i, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector v = DoubleVector.fromArray(S, x, i + c);
      DoubleVector.broadcast(S, 0).blend(1, v.compare(VectorOperators.GT, 0)).intoArray(out, o + c);
    }
  }

  private static void exp(int n, double[] x, int i, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      exp(DoubleVector.fromArray(S, x, i + c)).intoArray(out, o + c);
    }
  }

  /** In two loops: see {@link VectorDoubleActivation}. */
  private static void sigmoid(int n, double[] x, int i, double[] out, int o) {
    signedExponentials(n, x, i, out, o);
    sigmoidsOfExponentials(n, out, o);
  }

  /** exp(−|x|), negated where x is negative; 2 where that would be −0. */
  private static void signedExponentials(int n, double[] x, int i, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector v = DoubleVector.fromArray(S, x, i + c);
      DoubleVector e = exp(v.abs().neg());
      DoubleVector negated = e.neg().blend(2, e.compare(VectorOperators.EQ, 0));
      e.blend(negated, v.compare(VectorOperators.LT, 0)).intoArray(out, o + c);
    }
  }

  private static void sigmoidsOfExponentials(int n, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector v = DoubleVector.fromArray(S, out, o + c);
      DoubleVector e = v.abs();
      DoubleVector above = DoubleVector.broadcast(S, 1).blend(e, v.compare(VectorOperators.LT, 0));
      above.blend(0, v.compare(VectorOperators.EQ, 2)).div(e.add(1)).intoArray(out, o + c);
    }
  }

  /** In two loops, unless the result replaces what the second one still reads. */
  private static void softplus(int n, double[] x, int i, double[] out, int o) {
    if (x == out) {
      softplusInPlace(n, x, i, out, o);
    } else {
      exponentialsOfMagnitudes(n, x, i, out, o);
      softplusOfExponentials(n, x, i, out, o);
    }
  }

  private static void softplusInPlace(int n, double[] x, int i, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector v = DoubleVector.fromArray(S, x, i + c);
      positive(v).add(logOfOnePlus(exp(v.abs().neg()))).intoArray(out, o + c);
    }
  }

  private static void exponentialsOfMagnitudes(int n, double[] x, int i, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      exp(DoubleVector.fromArray(S, x, i + c).abs().neg()).intoArray(out, o + c);
    }
  }

  private static void softplusOfExponentials(int n, double[] x, int i, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector v = DoubleVector.fromArray(S, x, i + c);
      DoubleVector t = DoubleVector.fromArray(S, out, o + c);
      positive(v).add(logOfOnePlus(t)).intoArray(out, o + c);
    }
  }

  private static DoubleVector positive(DoubleVector v) {
    return DoubleVector.broadcast(S, 0).blend(v, v.compare(VectorOperators.GT, 0));
  }

  private static DoubleVector logOfOnePlus(DoubleVector t) {
    VectorMask<Double> halved = t.compare(VectorOperators.GT, LOG1P_HALVED);
    DoubleVector f =
        t.blend(t.fma(DoubleVector.broadcast(S, 0.5), DoubleVector.broadcast(S, -0.5)), halved);
    return logarithm(f, DoubleVector.broadcast(S, 0).blend(1, halved));
  }

  private static DoubleVector exp(DoubleVector x) {
    DoubleVector z = x.fma(DoubleVector.broadcast(S, LOG2_E), DoubleVector.broadcast(S, ROUNDER));
    DoubleVector y = expOfRest(x, z.sub(ROUNDER));
    LongVector n = z.reinterpretAsLongs().sub(ROUNDER_BITS);
    LongVector i = n.add(TO_POSITIVE).lanewise(VectorOperators.LSHR, 1).sub(1);
    LongVector j = n.add(BOTH_FIELDS).sub(i);
    DoubleVector scaled = y.mul(power(i)).mul(power(j));
    DoubleVector outside = x.mul(Double.POSITIVE_INFINITY);
    DoubleVector inside = outside.blend(scaled, x.compare(VectorOperators.LE, EXP_HIGHEST));
    return inside.blend(0, x.compare(VectorOperators.LT, EXP_LOWEST));
  }

  /** The number with this exponent field. */
  private static DoubleVector power(LongVector field) {
    return field.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
  }

  private static DoubleVector expOfRest(DoubleVector x, DoubleVector n) {
    DoubleVector r =
        n.fma(DoubleVector.broadcast(S, -LN2_LOW), n.fma(DoubleVector.broadcast(S, -LN2_HIGH), x));
    DoubleVector p = r.fma(DoubleVector.broadcast(S, EXP_11), DoubleVector.broadcast(S, EXP_10));
    p = p.fma(r, DoubleVector.broadcast(S, EXP_9));
    p = p.fma(r, DoubleVector.broadcast(S, EXP_8));
    p = p.fma(r, DoubleVector.broadcast(S, EXP_7));
    p = p.fma(r, DoubleVector.broadcast(S, EXP_6));
    p = p.fma(r, DoubleVector.broadcast(S, EXP_5));
    p = p.fma(r, DoubleVector.broadcast(S, EXP_4));
    p = p.fma(r, DoubleVector.broadcast(S, EXP_3));
    p = p.fma(r, DoubleVector.broadcast(S, EXP_2));
    return p.fma(r.mul(r), r).add(1);
  }

  private static void log(int n, double[] x, int xi, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector v = DoubleVector.fromArray(S, x, xi + c);
      VectorMask<Double> subnormal = v.compare(VectorOperators.LT, SMALLEST_NORMAL);
      LongVector bits =
          v.blend(v.mul(0x1p54), subnormal).reinterpretAsLongs().add(ONE_BITS - SQRT_HALF_BITS);
      DoubleVector f = bits.and(FRACTION).add(SQRT_HALF_BITS).reinterpretAsDoubles().sub(1);
      LongVector field = bits.lanewise(VectorOperators.LSHR, 52).or(TWO_52_BITS);
      DoubleVector e = field.reinterpretAsDoubles().sub(TWO_52_AND_BIAS);
      e = e.sub(DoubleVector.broadcast(S, 0).blend(54, subnormal));
      DoubleVector inside = logarithm(f, e);
      DoubleVector finite =
          v.blend(inside, v.compare(VectorOperators.LT, Double.POSITIVE_INFINITY));
      finite
          .blend(Double.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, 0))
          .blend(Double.NaN, v.compare(VectorOperators.LT, 0))
          .intoArray(out, o + c);
    }
  }

  private static DoubleVector logarithm(DoubleVector f, DoubleVector e) {
    DoubleVector s = f.div(f.add(2));
    DoubleVector z = s.mul(s);
    DoubleVector p = z.fma(DoubleVector.broadcast(S, LOG_7), DoubleVector.broadcast(S, LOG_6));
    p = p.fma(z, DoubleVector.broadcast(S, LOG_5));
    p = p.fma(z, DoubleVector.broadcast(S, LOG_4));
    p = p.fma(z, DoubleVector.broadcast(S, LOG_3));
    p = p.fma(z, DoubleVector.broadcast(S, LOG_2));
    p = p.fma(z, DoubleVector.broadcast(S, LOG_1));
    DoubleVector half = f.mul(0.5).mul(f);
    DoubleVector low = s.fma(p.fma(z, half), e.mul(LN2_LOW));
    return e.fma(DoubleVector.broadcast(S, LN2_HIGH), f.sub(half.sub(low)));
  }

  /** In two loops: see {@link VectorDoubleActivation}. */
  private static void tanh(int n, double[] x, int i, double[] out, int o) {
    exponentialsForTanh(n, x, i, out, o);
    tanhOfExponentials(n, out, o);
  }

  /** exp(2|x|) with the sign of x, at least 3.4; small x, and NaN, as they are. */
  private static void exponentialsForTanh(int n, double[] x, int i, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector v = DoubleVector.fromArray(S, x, i + c);
      DoubleVector e = expForTanh(v.abs());
      v.blend(e, v.compare(VectorOperators.GE, TANH_SMALL))
          .blend(e.neg(), v.compare(VectorOperators.LE, -TANH_SMALL))
          .intoArray(out, o + c);
    }
  }

  private static void tanhOfExponentials(int n, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector v = DoubleVector.fromArray(S, out, o + c);
      DoubleVector a = v.abs();
      VectorMask<Double> small = a.compare(VectorOperators.LT, TANH_SMALL);
      DoubleVector square = a.mul(a);
      DoubleVector p =
          square
              .fma(DoubleVector.broadcast(S, TANH_P2), DoubleVector.broadcast(S, TANH_P1))
              .fma(square, DoubleVector.broadcast(S, TANH_P0));
      DoubleVector q =
          square
              .add(TANH_Q2)
              .fma(square, DoubleVector.broadcast(S, TANH_Q1))
              .fma(square, DoubleVector.broadcast(S, TANH_Q0));
      DoubleVector d = DoubleVector.broadcast(S, 2).blend(p, small).div(a.add(1).blend(q, small));
      DoubleVector t = DoubleVector.broadcast(S, 1).sub(d).blend(a.mul(square).fma(d, a), small);
      v.blend(t, v.compare(VectorOperators.GT, 0))
          .blend(t.neg(), v.compare(VectorOperators.LT, 0))
          .intoArray(out, o + c);
    }
  }

  private static DoubleVector expForTanh(DoubleVector a) {
    DoubleVector x = a.blend(TANH_LIMIT, a.compare(VectorOperators.GT, TANH_LIMIT)).mul(2);
    DoubleVector z = x.fma(DoubleVector.broadcast(S, LOG2_E), DoubleVector.broadcast(S, ROUNDER));
    DoubleVector y = expOfRest(x, z.sub(ROUNDER));
    LongVector exponent = z.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
    return y.reinterpretAsLongs().add(exponent).reinterpretAsDoubles();
  }
}
