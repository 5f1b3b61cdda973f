package org.anabranch.solver;

import java.util.List;

/**
 * The coefficients of an explicit Runge-Kutta method (Butcher 1963).
 *
 * @param c the nodes, the first 0
 * @param a row i holds the i coefficients of stage i
 * @param b the weights
 */
public record Tableau(
    String name, int order, List<Double> c, List<List<Double>> a, List<Double> b) {
  /** The classical method of Kutta (1901). */
  public static final Tableau RK4 =
      new Tableau(
          "rk4",
          4,
          List.of(0.0, 1.0 / 2, 1.0 / 2, 1.0),
          List.of(List.of(), List.of(1.0 / 2), List.of(0.0, 1.0 / 2), List.of(0.0, 0.0, 1.0)),
          List.of(1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6));

  public Tableau {
    c = List.copyOf(c);
    a = a.stream().map(List::copyOf).toList();
    b = List.copyOf(b);
    for (int i = 0; i < b.size(); i++) {
      if (c.size() != b.size() || a.size() != b.size() || a.get(i).size() != i) {
        throw new IllegalArgumentException(
            "Tableau %s: stage %d of %d has %d coefficients. An explicit stage i has i."
                .formatted(name, i, b.size(), i < a.size() ? a.get(i).size() : 0));
      }
      double sum = a.get(i).stream().mapToDouble(Double::doubleValue).sum();
      if (Math.abs(sum - c.get(i)) > 1e-14) {
        throw new IllegalArgumentException(
            "Tableau %s: the coefficients of stage %d add up to %s, its node is %s."
                .formatted(name, i, sum, c.get(i)));
      }
    }
  }

  public int stages() {
    return b.size();
  }
}
