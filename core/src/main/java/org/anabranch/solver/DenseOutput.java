package org.anabranch.solver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.graph.Value;

/**
 * The continuous solution within a step as Hairer, Nørsett and Wanner (1993) nest it (II.6):
 *
 * <pre>
 *   y(t + θh) = y₀ + θ (r₁ + (1−θ) (r₂ + θ (r₃ + (1−θ) (r₄ + θ (r₅ + …)))))
 *   r₁ = y₁ − y₀     r₂ = h f₀ − r₁     r₃ = 2 r₁ − h (f₀ + f₁)
 * </pre>
 *
 * <p>r₁ to r₃ are Hermite's cubic; what a method adds as r₄, r₅, … leaves both ends and both slopes
 * as they are, so consecutive steps join with a continuous slope.
 */
final class DenseOutput {
  private DenseOutput() {}

  /**
   * The coefficients {@code c.1}, {@code c.2}, … of the powers of θ.
   *
   * @param y0 in working precision, as is y1
   * @param hf0 the slope at the start times h
   */
  static Map<String, Value> coefficients(
      Value y0, Value y1, Value hf0, Value hf1, List<Value> corrections) {
    Value r1 = y1.minus(y0);
    List<Value> parts = new ArrayList<>();
    parts.add(r1);
    parts.add(hf0.minus(r1));
    parts.add(r1.times(2).minus(hf0.plus(hf1)));
    parts.addAll(corrections);
    return coefficients(parts);
  }

  /** The coefficients of the nested form with the given r₁, r₂, …. */
  static Map<String, Value> coefficients(List<Value> parts) {
    int[][] basis = basis(parts.size());
    Map<String, Value> coefficients = new LinkedHashMap<>();
    for (int power = 1; power <= parts.size(); power++) {
      coefficients.put("c." + power, coefficient(parts, basis, power));
    }
    return coefficients;
  }

  private static Value coefficient(List<Value> parts, int[][] basis, int power) {
    Value sum = null;
    for (int part = 0; part < parts.size(); part++) {
      int factor = basis[part][power];
      if (factor != 0) {
        Value r = parts.get(part);
        Value term = factor == 1 ? r : r.times(factor);
        sum = sum == null ? term : sum.plus(term);
      }
    }
    if (sum == null) {
      throw new AssertionError("no part has the power " + power);
    }
    return sum;
  }

  /** The polynomials θ, θ(1−θ), θ²(1−θ), θ²(1−θ)², … by rising powers. */
  private static int[][] basis(int parts) {
    int[][] basis = new int[parts][parts + 1];
    basis[0][1] = 1;
    for (int part = 1; part < parts; part++) {
      for (int power = 1; power <= part; power++) {
        int factor = basis[part - 1][power];
        basis[part][power + 1] += part % 2 == 0 ? factor : -factor;
        basis[part][power] += part % 2 == 0 ? 0 : factor;
      }
    }
    return basis;
  }
}
