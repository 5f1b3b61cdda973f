package org.anabranch.gradient;

import java.util.List;
import org.anabranch.solver.Tableau;

/**
 * Forward-mode derivatives of {@link Problem#network} by dual numbers in plain loops over a grid
 * that is given: the steps and the network are written out here, and nothing of graphs is used.
 */
final class DualReplay {
  /** A number and its derivative. */
  private record Dual(double value, double slope) {
    static final Dual ZERO = new Dual(0, 0);

    Dual plus(Dual other) {
      return new Dual(value + other.value, slope + other.slope);
    }

    Dual times(Dual other) {
      return new Dual(value * other.value, slope * other.value + value * other.slope);
    }

    Dual times(double factor) {
      return new Dual(value * factor, slope * factor);
    }

    Dual tanh() {
      double tanh = Math.tanh(value);
      return new Dual(tanh, slope * (1 - tanh * tanh));
    }
  }

  private final int dimension;
  private final int width;
  private final Dual[] theta;
  private final Dual[] start;

  /**
   * @param seed the number to differentiate by: of θ first, then of the start
   */
  DualReplay(int dimension, int width, double[] theta, double[] start, int seed) {
    this.dimension = dimension;
    this.width = width;
    this.theta = seeded(theta, seed);
    this.start = seeded(start, seed - theta.length);
  }

  private static Dual[] seeded(double[] numbers, int seed) {
    Dual[] duals = new Dual[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      duals[i] = new Dual(numbers[i], i == seed ? 1 : 0);
    }
    return duals;
  }

  /** C tanh(A z + b t + b). */
  private Dual[] slope(double t, Dual[] z) {
    Dual[] hidden = new Dual[width];
    for (int i = 0; i < width; i++) {
      Dual sum = theta[width * dimension + i].times(t + 1);
      for (int j = 0; j < dimension; j++) {
        sum = sum.plus(theta[i * dimension + j].times(z[j]));
      }
      hidden[i] = sum.tanh();
    }
    Dual[] slope = new Dual[dimension];
    for (int j = 0; j < dimension; j++) {
      slope[j] = Dual.ZERO;
      for (int i = 0; i < width; i++) {
        slope[j] = slope[j].plus(theta[width * (dimension + 1) + j * width + i].times(hidden[i]));
      }
    }
    return slope;
  }

  private static Dual[] moved(Dual[] z, Dual[] along, double by) {
    Dual[] moved = new Dual[z.length];
    for (int j = 0; j < z.length; j++) {
      moved[j] = z[j].plus(along[j].times(by));
    }
    return moved;
  }

  /** The derivative of |z(T)|² over an explicit Runge-Kutta method's steps between the times. */
  double rungeKutta(Tableau tableau, double[] times) {
    Dual[] z = start;
    for (int n = 0; n + 1 < times.length; n++) {
      double h = times[n + 1] - times[n];
      Dual[][] k = new Dual[tableau.stages().size()][];
      Dual[] next = z;
      for (int i = 0; i < k.length; i++) {
        Tableau.Stage stage = tableau.stages().get(i);
        Dual[] at = z;
        for (int j = 0; j < stage.a().size(); j++) {
          at = moved(at, k[j], h * stage.a().get(j).toDouble());
        }
        k[i] = slope(times[n] + h * stage.c().toDouble(), at);
        if (i < tableau.b().size()) {
          next = moved(next, k[i], h * tableau.b().get(i).toDouble());
        }
      }
      z = next;
    }
    return squareSlope(z);
  }

  /** The same over steps of the undamped asynchronous leapfrog. */
  double leapfrog(double[] times) {
    Dual[] z = start;
    Dual[] v = slope(times[0], z);
    for (int n = 0; n + 1 < times.length; n++) {
      double h = times[n + 1] - times[n];
      Dual[] middle = moved(z, v, h / 2);
      Dual[] f = slope(times[n] + h / 2, middle);
      Dual[] reflected = new Dual[z.length];
      for (int j = 0; j < z.length; j++) {
        reflected[j] = f[j].times(2).plus(v[j].times(-1));
      }
      v = reflected;
      z = moved(middle, v, h / 2);
    }
    return squareSlope(z);
  }

  private static double squareSlope(Dual[] z) {
    return List.of(z).stream().mapToDouble(d -> d.times(d).slope()).sum();
  }
}
