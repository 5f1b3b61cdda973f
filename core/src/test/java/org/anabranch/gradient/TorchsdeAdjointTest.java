package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.field.Calculus;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.BrownianNeed;
import org.anabranch.solver.Drive;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.Spans;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The numbers of torchsde (0.2.6, float64) for the same weights, start and increments: {@code
 * sdeint_adjoint} with {@code method} and {@code adjoint_method} alike, {@code dt = 1/8}, {@code ts
 * = [0, 0.5, 1]}, a Brownian motion that gives the increments below, L = Σ y(½)² + ½ Σ y(1)², with
 *
 * <pre>
 *   f = tanh(y @ a.T + t)      g = tanh(y @ b.T).view(-1, 3, 2)
 *   a, b, increments, y0 = numbers(9, 1, 1), numbers(18, 2, 1), numbers(64, 3, 0.6), numbers(12, 4, 1)
 * </pre>
 */
class TorchsdeAdjointTest {
  private static final int D = 3;
  private static final int M = 2;
  private static final int ROWS = 4;
  private static final int STEPS = 8;
  private static final Shape A = Shape.matrix(D, D);
  private static final Shape B = Shape.matrix(D * M, D);
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(new TreeMap<>(Map.of("a", A, "b", B)));

  record Expected(String method, List<Double> byStart, List<Double> byParameters) {
    @Override
    public String toString() {
      return method;
    }
  }

  static Stream<Expected> torchsde() {
    return Stream.of(
        new Expected(
            "midpoint",
            numbers(
                """
              -7.188146184549801, 9.107084739300813, -0.7337942454590487, -0.4687377556321195,
              11.135907983287511, -10.386061651749635, 8.075820871406968, 13.739618104819556,
              -18.365722462191332, -8.232255740298216, -1.4938447233270118, 17.3626445897761
              """),
            numbers(
                """
              4.378942826486723, 2.68589327017391, -9.045156570758346, -9.822417922916266,
              6.734101901877983, -6.717699823059328, 0.3888570727744205, -1.44501400122151,
              5.447580710910192, 5.619296257713757, -6.52854375988628, 11.17620343934735,
              12.026113847747782, 7.609846382598041, -22.2449969406165, -15.684683790519632,
              -4.266490171737874, 23.01542982183979, 6.392050129397301, -7.535918333228211,
              -1.7899406629563956, -2.9652721785605745, 0.8029408685222561, -5.771344655974804,
              -5.780539396115508, 0.8766724733235415, 6.534566103298385
              """)),
        new Expected(
            "heun",
            numbers(
                """
              -7.243510635482381, 9.172581774598207, -0.7307681755785085, -0.6587006237470963,
              11.107278336714415, -10.284219506416335, 8.73391309983197, 14.195050172474176,
              -19.8045791616927, -7.253097830251931, -2.151068775779801, 17.927778058111276
              """),
            numbers(
                """
              4.162206174037166, 2.526662234018938, -8.505532101713449, -9.812651241243097,
              6.5194225675894435, -6.783202689294867, 0.6037276884296033, -1.384443317112043,
              5.353600858195698, 5.50853780991701, -6.716382362161972, 10.735566881342125,
              11.157074063142534, 7.704495109213838, -21.645983203233218, -15.307525167813866,
              -4.226110154052879, 22.304193735031223, 6.866115169908303, -8.067494518682384,
              -1.3747808466276066, -2.9980108809550203, 1.010713623102125, -5.583098684387933,
              -4.960072637187925, 1.415803376626458, 5.808110776777923
              """)),
        new Expected(
            "euler-heun",
            numbers(
                """
              -8.15255332031766, 9.339643581013517, -0.7622642517517603, -0.31758004783958604,
              10.705149275884246, -9.720032968879545, 9.6305870043306, 13.273834102377272,
              -18.05337581837307, -9.134925208380373, -0.7525412958444848, 16.654684067639693
              """),
            numbers(
                """
              3.7373050949404725, 3.040312147342101, -8.709604346545111, -8.924203585397777,
              6.93332018595124, -6.953187089772062, 0.893309282392849, -1.3615402518978295,
              4.371255043910923, 4.720623990888376, -6.9795145204157585, 11.526507246546343,
              10.067149626752716, 10.146335538666612, -20.8631928015655, -12.23031419803063,
              -5.205398199322388, 20.379581447551068, 6.493998784186008, -7.971170775698286,
              -2.9800612630934413, -1.9890676942802328, 0.9642756368172828, -6.130412663170111,
              -3.4040045122723113, -0.5862986981022056, 4.620363898269366
              """)));
  }

  private static List<Double> numbers(String text) {
    return Stream.of(text.split(",")).map(String::trim).map(Double::valueOf).toList();
  }

  private static StochasticField field() {
    return StochasticField.of(
        D,
        Noise.GENERAL,
        Calculus.STRATONOVICH,
        (t, y) -> {
          Value mu = Value.parameter("a", A).appliedTo(y).plus(t).tanh();
          Value sigma = Value.parameter("b", B).appliedTo(y).tanh();
          return new Coefficients(mu, sigma.reshaped(Shape.matrix(D, M)));
        });
  }

  /** Increments of steps of size 1/8, each asked for as it was on the way there. */
  private static final class Given implements Drive {
    private final double[] increments = Problem.numbers(STEPS * ROWS * M, 3, 0.6);

    @Override
    public Map<String, Type> inputs() {
      return Map.of(BrownianNeed.INCREMENT_NAME, Type.perSample(M));
    }

    @Override
    public void supply(int[] samples, double[] from, double[] to, Map<String, Buffer> target) {
      Buffer buffer = Objects.requireNonNull(target.get(BrownianNeed.INCREMENT_NAME));
      for (int slot = 0; slot < samples.length; slot++) {
        assertThat(to[slot] - from[slot]).isEqualTo(1.0 / STEPS);
        int step = (int) (from[slot] * STEPS);
        buffer.setRow(slot, increments, (step * ROWS + samples[slot]) * M);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("torchsde")
  void gradientsAreThoseOfTorchsde(Expected expected) {
    Backend backend = new ReferenceBackend();
    DrivenMethod driven = StochasticMethod.named(expected.method()).on(field());
    Parameters parameters = backend.parameters(LAYOUT);
    double[] theta = new double[LAYOUT.size()];
    System.arraycopy(Problem.numbers(A.size(), 1, 1), 0, theta, 0, A.size());
    System.arraycopy(Problem.numbers(B.size(), 2, 1), 0, theta, A.size(), B.size());
    parameters.load(theta);
    Accumulators accumulators = backend.accumulators(LAYOUT);
    SolveGradient solve =
        SolveGradient.driven(
            backend,
            driven,
            parameters,
            accumulators,
            new TimeGrid(0, 1, STEPS),
            GradientMode.backsolve(),
            Demands.none().withPoints(1),
            new Given(),
            ROWS);
    solve.solve().initialValue().set(Problem.numbers(ROWS * D, 4, 1));
    solve.forward(Spans.same(ROWS, 0, 0.5, 1));
    double[] numbers = new double[ROWS * D];
    solve.pointValue(0).get(numbers);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] *= 2;
    }
    solve.pointCotangent(0).set(numbers);
    solve.solutionCotangent().copyFrom(solve.solve().solution());
    solve.backward();
    solve.initialCotangent().get(numbers);
    assertClose(numbers, expected.byStart());
    accumulators.total(theta);
    assertClose(theta, expected.byParameters());
  }

  private static void assertClose(double[] actual, List<Double> expected) {
    assertThat(actual).hasSize(expected.size());
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).as("number %d", i).isCloseTo(expected.get(i), within(1e-12));
    }
  }
}
