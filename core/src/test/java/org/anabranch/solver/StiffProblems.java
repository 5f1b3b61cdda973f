package org.anabranch.solver;

import java.util.List;
import java.util.stream.Stream;
import org.anabranch.graph.Value;

/**
 * Stiff problems with the solutions of the Test Set for IVP Solvers (Mazzia and Magherini 2008,
 * University of Bari; Hairer and Wanner 1996, IV.10), computed with RADAU to 1e-18.
 */
final class StiffProblems {
  /** Van der Pol's oscillator with μ = 1000, time not scaled. */
  static final TestProblem VAN_DER_POL =
      TestProblem.of(
          "vdpol",
          2000,
          new double[] {2, 0},
          new double[] {1.706167732170469, -0.8928097010248125e-3},
          (t, y) -> {
            Value x = part(y, 0);
            Value v = part(y, 1);
            return of(v, v.minus(x.square().times(v)).times(1000).minus(x));
          });

  static final TestProblem ROBERTSON =
      TestProblem.of(
          "rober",
          1e11,
          new double[] {1, 0, 0},
          new double[] {0.2083340149701255e-7, 0.8333360770334713e-13, 0.9999999791665050},
          (t, y) -> {
            Value slow = part(y, 0).times(0.04);
            Value back = part(y, 1).times(part(y, 2)).times(1e4);
            Value fast = part(y, 1).square().times(3e7);
            return of(back.minus(slow), slow.minus(back).minus(fast), fast);
          });

  static final TestProblem HIRES =
      TestProblem.of(
          "hires",
          321.8122,
          new double[] {1, 0, 0, 0, 0, 0, 0, 0.0057},
          new double[] {
            0.7371312573325668e-3, 0.1442485726316185e-3, 0.5888729740967575e-4,
            0.1175651343283149e-2, 0.2386356198831331e-2, 0.6238968252742796e-2,
            0.2849998395185769e-2, 0.2850001604814231e-2
          },
          (t, y) -> {
            Value bound = part(y, 5).times(part(y, 7)).times(280);
            Value freed = part(y, 6).times(1.81);
            return of(
                sum(y, -1.71, 0, 0.43, 1, 8.32, 2).plus(0.0007),
                sum(y, 1.71, 0, -8.75, 1),
                sum(y, -10.03, 2, 0.43, 3, 0.035, 4),
                sum(y, 8.32, 1, 1.71, 2, -1.12, 3),
                sum(y, -1.745, 4, 0.43, 5, 0.43, 6),
                sum(y, 0.69, 3, 1.71, 4, -0.43, 5, 0.69, 6).minus(bound),
                bound.minus(freed),
                freed.minus(bound));
          });

  static final TestProblem OREGONATOR =
      TestProblem.of(
          "orego",
          360,
          new double[] {1, 2, 3},
          new double[] {1.000814870318523, 1228.178521549917, 132.0554942846706},
          (t, y) -> {
            Value a = part(y, 0);
            Value b = part(y, 1);
            Value c = part(y, 2);
            Value growth = a.minus(a.square().times(8.375e-6)).minus(a.times(b));
            return of(
                b.plus(growth).times(77.27),
                c.minus(b).minus(a.times(b)).dividedBy(77.27),
                a.minus(c).times(0.161));
          });

  private StiffProblems() {}

  static Stream<TestProblem> all() {
    return Stream.of(VAN_DER_POL, ROBERTSON, HIRES, OREGONATOR);
  }

  private static Value part(Value y, int i) {
    return y.slice(i, 1);
  }

  private static Value of(Value... parts) {
    return Value.concatenate(List.of(parts));
  }

  /** Factors and the components that they multiply, by turns. */
  private static Value sum(Value y, double... terms) {
    Value sum = part(y, (int) terms[1]).times(terms[0]);
    for (int i = 2; i < terms.length; i += 2) {
      sum = sum.plus(part(y, (int) terms[i + 1]).times(terms[i]));
    }
    return sum;
  }
}
