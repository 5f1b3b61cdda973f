package org.anabranch.bench;

import java.util.List;
import java.util.function.BinaryOperator;
import org.anabranch.field.Field;
import org.anabranch.graph.Value;
import org.hipparchus.ode.OrdinaryDifferentialEquation;

/**
 * A problem of a published set from t = 0, for our methods and for Hipparchus's.
 *
 * @param solution at the end, as published
 */
record PrecisionProblem(
    String name, Field field, Slope slope, double end, List<Double> start, List<Double> solution) {
  /** The same field, for numbers. */
  interface Slope {
    double[] at(double t, double[] y);
  }

  static List<PrecisionProblem> all() {
    return List.of(lotkaVolterra(), orbit(), hires());
  }

  private static PrecisionProblem of(
      String name,
      double end,
      List<Double> start,
      List<Double> solution,
      BinaryOperator<Value> drift,
      Slope slope) {
    return new PrecisionProblem(name, Field.of(start.size(), drift), slope, end, start, solution);
  }

  /** B1 of DETEST (Hull et al. 1972). */
  private static PrecisionProblem lotkaVolterra() {
    return of(
        "B1",
        20,
        List.of(1., 3.),
        List.of(0.6761876008576667, 0.1860816099640036),
        (t, y) -> {
          Value eaten = part(y, 0).times(part(y, 1));
          return Value.concatenate(
              List.of(part(y, 0).minus(eaten).times(2), eaten.minus(part(y, 1))));
        },
        (t, y) -> new double[] {2 * (y[0] - y[0] * y[1]), y[0] * y[1] - y[1]});
  }

  /** D3 of DETEST: two bodies, eccentricity 1/2. */
  // The digits are those published; the sixteenth may be beyond a double.
  @SuppressWarnings("FloatingPointLiteralPrecision")
  private static PrecisionProblem orbit() {
    return of(
        "D3",
        20,
        List.of(0.5, 0., 0., Math.sqrt(3)),
        List.of(
            -0.5780432953035361, 0.8633840009194193, -0.9595083730380727, -6.504915126712089e-2),
        (t, y) -> {
          Value square = part(y, 0).square().plus(part(y, 1).square());
          Value cube = square.times(square.sqrt()).negated();
          return Value.concatenate(
              List.of(
                  part(y, 2), part(y, 3), part(y, 0).dividedBy(cube), part(y, 1).dividedBy(cube)));
        },
        (t, y) -> {
          double square = y[0] * y[0] + y[1] * y[1];
          double cube = square * Math.sqrt(square);
          return new double[] {y[2], y[3], -y[0] / cube, -y[1] / cube};
        });
  }

  /** HIRES of the Test Set for IVP Solvers (Mazzia and Magherini 2008): mildly stiff. */
  private static PrecisionProblem hires() {
    return of(
        "HIRES",
        321.8122,
        List.of(1., 0., 0., 0., 0., 0., 0., 0.0057),
        List.of(
            0.7371312573325668e-3,
            0.1442485726316185e-3,
            0.5888729740967575e-4,
            0.1175651343283149e-2,
            0.2386356198831331e-2,
            0.6238968252742796e-2,
            0.2849998395185769e-2,
            0.2850001604814231e-2),
        (t, y) -> {
          Value bound = part(y, 5).times(part(y, 7)).times(280);
          Value freed = part(y, 6).times(1.81);
          return Value.concatenate(
              List.of(
                  sum(y, -1.71, 0, 0.43, 1, 8.32, 2).plus(0.0007),
                  sum(y, 1.71, 0, -8.75, 1),
                  sum(y, -10.03, 2, 0.43, 3, 0.035, 4),
                  sum(y, 8.32, 1, 1.71, 2, -1.12, 3),
                  sum(y, -1.745, 4, 0.43, 5, 0.43, 6),
                  sum(y, 0.69, 3, 1.71, 4, -0.43, 5, 0.69, 6).minus(bound),
                  bound.minus(freed),
                  freed.minus(bound)));
        },
        (t, y) -> {
          double bound = 280 * y[5] * y[7];
          double freed = 1.81 * y[6];
          return new double[] {
            -1.71 * y[0] + 0.43 * y[1] + 8.32 * y[2] + 0.0007,
            1.71 * y[0] - 8.75 * y[1],
            -10.03 * y[2] + 0.43 * y[3] + 0.035 * y[4],
            8.32 * y[1] + 1.71 * y[2] - 1.12 * y[3],
            -1.745 * y[4] + 0.43 * y[5] + 0.43 * y[6],
            -bound + 0.69 * y[3] + 1.71 * y[4] - 0.43 * y[5] + 0.69 * y[6],
            bound - freed,
            freed - bound
          };
        });
  }

  private static Value part(Value y, int i) {
    return y.slice(i, 1);
  }

  /** Factors and the components that they multiply, by turns. */
  private static Value sum(Value y, double... terms) {
    Value sum = part(y, (int) terms[1]).times(terms[0]);
    for (int i = 2; i < terms.length; i += 2) {
      sum = sum.plus(part(y, (int) terms[i + 1]).times(terms[i]));
    }
    return sum;
  }

  OrdinaryDifferentialEquation equation() {
    return new OrdinaryDifferentialEquation() {
      @Override
      public int getDimension() {
        return start.size();
      }

      @Override
      public double[] computeDerivatives(double t, double[] y) {
        return slope.at(t, y);
      }
    };
  }

  double[] startNumbers() {
    return start.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The largest error of a component at the end over the largest component. */
  double error(double[] values) {
    double error = 0;
    double size = 0;
    for (int i = 0; i < solution.size(); i++) {
      error = Math.max(error, Math.abs(values[i] - solution.get(i)));
      size = Math.max(size, Math.abs(solution.get(i)));
    }
    return error / size;
  }
}
