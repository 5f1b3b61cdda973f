package org.anabranch.gradient;

import java.util.Arrays;

/**
 * Reversible Heun and its derivative for one sample, for μ = tanh(A y) and σ = tanh(B y) as a
 * matrix, in loops: the recursion of Kidger et al. (2021), appendix, on stored states.
 */
final class ReversibleHeunRecursion {
  private final int d;
  private final int m;
  private final double[] a;
  private final double[] b;
  private final double h;
  private final double[][] dw;

  /** The gradient of the sum of the last y, by A and B. */
  final double[] byA;

  final double[] byB;

  /** By the initial value. */
  final double[] byStart;

  /** y at the end. */
  final double[] end;

  ReversibleHeunRecursion(int d, int m, double[] theta, double h, double[][] dw, double[] x) {
    this.d = d;
    this.m = m;
    this.a = Arrays.copyOf(theta, d * d);
    this.b = Arrays.copyOfRange(theta, d * d, theta.length);
    this.h = h;
    this.dw = dw;
    this.byA = new double[d * d];
    this.byB = new double[d * m * d];
    double[][] z = new double[dw.length + 1][];
    end = forward(x, z);
    byStart = backward(z);
  }

  /** tanh of a matrix times z. */
  private double[] layer(double[] matrix, double[] z) {
    double[] result = new double[matrix.length / d];
    for (int i = 0; i < result.length; i++) {
      for (int j = 0; j < d; j++) {
        result[i] += matrix[i * d + j] * z[j];
      }
      result[i] = Math.tanh(result[i]);
    }
    return result;
  }

  /** μ h + σ w at a point. */
  private double[] increment(double[] z, double[] w) {
    double[] mu = layer(a, z);
    double[] sigma = layer(b, z);
    double[] sum = new double[d];
    for (int i = 0; i < d; i++) {
      sum[i] = mu[i] * h;
      for (int j = 0; j < m; j++) {
        sum[i] += sigma[i * m + j] * w[j];
      }
    }
    return sum;
  }

  private double[] forward(double[] x, double[][] z) {
    double[] y = x.clone();
    z[0] = x.clone();
    for (int n = 0; n < dw.length; n++) {
      double[] first = increment(z[n], dw[n]);
      z[n + 1] = new double[d];
      for (int i = 0; i < d; i++) {
        z[n + 1][i] = 2 * y[i] - z[n][i] + first[i];
      }
      double[] second = increment(z[n + 1], dw[n]);
      for (int i = 0; i < d; i++) {
        y[i] += (first[i] + second[i]) / 2;
      }
    }
    return y;
  }

  private double[] backward(double[][] z) {
    double[] yBar = new double[d];
    Arrays.fill(yBar, 1);
    double[] zBar = new double[d];
    double[] muBar = new double[d];
    double[] sigmaBar = new double[d * m];
    for (int n = dw.length - 1; n >= 0; n--) {
      double[] w = dw[n];
      for (int i = 0; i < d; i++) {
        muBar[i] += h * yBar[i] / 2;
        for (int j = 0; j < m; j++) {
          sigmaBar[i * m + j] += yBar[i] * w[j] / 2;
        }
      }
      double[] p = product(z[n + 1], muBar, sigmaBar);
      for (int i = 0; i < d; i++) {
        double total = zBar[i] + p[i];
        muBar[i] = h * yBar[i] / 2 + h * total;
        for (int j = 0; j < m; j++) {
          sigmaBar[i * m + j] = yBar[i] * w[j] / 2 + total * w[j];
        }
        yBar[i] += 2 * total;
        zBar[i] = -total;
      }
    }
    double[] p = product(z[0], muBar, sigmaBar);
    for (int i = 0; i < d; i++) {
      p[i] += yBar[i] + zBar[i];
    }
    return p;
  }

  /** The cotangent of z, from those of μ and σ there; adds those of A and B. */
  private double[] product(double[] z, double[] muBar, double[] sigmaBar) {
    double[] zBar = new double[d];
    pull(a, layer(a, z), muBar, z, byA, zBar);
    pull(b, layer(b, z), sigmaBar, z, byB, zBar);
    return zBar;
  }

  private void pull(
      double[] matrix, double[] value, double[] bar, double[] z, double[] byMatrix, double[] zBar) {
    for (int i = 0; i < value.length; i++) {
      double inner = bar[i] * (1 - value[i] * value[i]);
      for (int j = 0; j < d; j++) {
        byMatrix[i * d + j] += inner * z[j];
        zBar[j] += inner * matrix[i * d + j];
      }
    }
  }
}
