package org.anabranch.gradient;

import java.util.List;
import org.anabranch.solver.Tableau;

/**
 * Forward-mode derivatives of a solve with doses and events, by dual numbers in plain loops over
 * the grid that was accepted: a pendulum with friction that is pushed,
 *
 * <pre>
 *   q' = p     p' = −θ₀ sin q − θ₁ p + c cos t     dose: p + u     condition: q − θ₂ − c t / 10
 * </pre>
 */
final class InterruptedReplay {
  /** A number and its derivative. */
  record Dual(double value, double slope) {
    Dual plus(Dual other) {
      return new Dual(value + other.value, slope + other.slope);
    }

    Dual minus(Dual other) {
      return plus(other.times(-1));
    }

    Dual times(Dual other) {
      return new Dual(value * other.value, slope * other.value + value * other.slope);
    }

    Dual times(double factor) {
      return new Dual(value * factor, slope * factor);
    }

    Dual sin() {
      return new Dual(Math.sin(value), slope * Math.cos(value));
    }

    Dual cos() {
      return new Dual(Math.cos(value), -slope * Math.sin(value));
    }
  }

  /** Where the grid is held, in the order of the solve: at a point, a dose or an event. */
  record Knot(int step, int point, int dose, boolean event) {}

  /** What is differentiated by: all numbers that the solve reads. */
  record Numbers(
      Dual[] theta, Dual c, Dual[] start, Dual[] points, Dual[] doseTimes, Dual[] doses) {}

  private final Tableau tableau;
  private final Numbers numbers;

  InterruptedReplay(Tableau tableau, Numbers numbers) {
    this.tableau = tableau;
    this.numbers = numbers;
  }

  private Dual[] slope(Dual t, Dual[] y) {
    Dual force = numbers.theta[0].times(y[0].sin()).times(-1);
    Dual friction = numbers.theta[1].times(y[1]);
    return new Dual[] {y[1], force.minus(friction).plus(numbers.c.times(t.cos()))};
  }

  private Dual condition(Dual t, Dual[] y) {
    return y[0].minus(numbers.theta[2]).minus(numbers.c.times(t).times(0.1));
  }

  private Dual[] step(Dual t, Dual h, Dual[] y) {
    Dual[][] k = new Dual[tableau.stages().size()][];
    Dual[] next = y;
    for (int i = 0; i < k.length; i++) {
      Tableau.Stage stage = tableau.stages().get(i);
      Dual[] at = y;
      for (int j = 0; j < stage.a().size(); j++) {
        at = moved(at, k[j], h.times(stage.a().get(j).toDouble()));
      }
      k[i] = slope(t.plus(h.times(stage.c().toDouble())), at);
      if (i < tableau.b().size()) {
        next = moved(next, k[i], h.times(tableau.b().get(i).toDouble()));
      }
    }
    return next;
  }

  private static Dual[] moved(Dual[] y, Dual[] along, Dual by) {
    return new Dual[] {y[0].plus(along[0].times(by)), y[1].plus(along[1].times(by))};
  }

  /** The size of a step that ends where the condition is zero, with its derivative. */
  private Dual sizeToEvent(Dual t, double h, Dual[] y) {
    Dual still = new Dual(h, 0);
    double moved = condition(t.plus(still), step(t, still, y)).slope;
    Dual growing = new Dual(h, 1);
    double grown = condition(t.plus(growing), step(t, growing, y)).slope;
    return new Dual(h, -moved / (grown - moved));
  }

  /**
   * The derivative of Σ w (2 + q + 3 p) over the points and events met, w growing by 1, and of the
   * times of the events.
   *
   * @param times of the grid
   * @param knots the start not among them
   */
  double loss(double[] times, List<Knot> knots) {
    Dual[] y = numbers.start;
    Dual from = numbers.points[0];
    int at = 0;
    Dual loss = new Dual(0, 0);
    double weight = 1;
    for (int i = 0; i < knots.size(); i++) {
      Knot knot = knots.get(i);
      if (knot.step > at) {
        Dual to = knot.point >= 0 ? numbers.points[knot.point] : null;
        to = to == null && knot.dose >= 0 ? numbers.doseTimes[knot.dose] : to;
        Dual t = from;
        for (int n = at; n < knot.step; n++) {
          Dual h = size(times, n, at, knot, from, to, t, y);
          y = step(t, h, y);
          t = t.plus(h);
        }
        from = t;
        at = knot.step;
      }
      if (knot.point >= 0 || knot.event) {
        loss = loss.plus(y[0].plus(y[1].times(3)).times(weight));
        loss = knot.event ? loss.plus(from.times(weight)) : loss;
        weight++;
      }
      if (knot.dose >= 0) {
        y = new Dual[] {y[0], y[1].plus(numbers.doses[knot.dose])};
      }
    }
    return loss.slope;
  }

  private Dual size(
      double[] times, int n, int at, Knot knot, Dual from, Dual to, Dual t, Dual[] y) {
    double h = times[n + 1] - times[n];
    if (!knot.event) {
      double share = h / (times[knot.step] - times[at]);
      return to.minus(from).times(share);
    }
    return n + 1 == knot.step ? sizeToEvent(t, h, y) : new Dual(h, 0);
  }
}
