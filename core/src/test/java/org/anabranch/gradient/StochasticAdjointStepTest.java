package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.control.brownian.BrownianInterval;
import org.anabranch.control.brownian.BrownianMotion;
import org.anabranch.field.Calculus;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.BrownianDrive;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.Interruptions;
import org.anabranch.solver.Method;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.Spans;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients by the continuous adjoint of equations whose solutions are known. */
class StochasticAdjointStepTest {
  private static final Backend REFERENCE = new ReferenceBackend();
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(new TreeMap<>(Map.of("a", Shape.scalar(), "b", Shape.scalar())));
  private static final Value A = Value.parameter("a", Shape.scalar());
  private static final Value B = Value.parameter("b", Shape.scalar());
  private static final Value RATE = Value.input("rate", Type.perSampleScalar());
  private static final double[] THETA = {0.3, 0.8};
  private static final double[] START = {1, 2, 0.5, -1, 1.5};
  private static final double[] RATES = {0.5, 1, 1.5, 2, 2.5};
  private static final BrownianMotion MOTION = new BrownianInterval(5, 0, 1, 1);

  /** dX = aX dt + bX ∘ dW: X = x exp(at + bW). */
  private static final StochasticField GEOMETRIC =
      StochasticField.of(
          1, Noise.DIAGONAL, Calculus.STRATONOVICH, (t, y) -> y.times(A), (t, y) -> y.times(B));

  /** dX = −rate X dt + b dW: X = x exp(−rate t) + b ∫ exp(−rate (t − s)) dW. */
  private static final StochasticField RETURNING =
      StochasticField.of(
          1,
          List.of(RATE),
          Noise.ADDITIVE,
          Calculus.STRATONOVICH,
          (t, y) -> new Coefficients(y.times(RATE).negated(), B.broadcast(1)));

  private static SolveGradient solve(
      StochasticField field,
      String name,
      Stepping stepping,
      Demands demands,
      Accumulators accumulators) {
    return solve(field, name, stepping, GradientMode.backsolve(), demands, accumulators);
  }

  private static SolveGradient solve(
      StochasticField field,
      String name,
      Stepping stepping,
      GradientMode mode,
      Demands demands,
      Accumulators accumulators) {
    DrivenMethod driven = StochasticMethod.named(name).on(field);
    Parameters parameters = REFERENCE.parameters(LAYOUT);
    parameters.load(THETA);
    Map<String, Buffer> context = new HashMap<>();
    if (!field.context().isEmpty()) {
      Buffer rate = REFERENCE.buffer(RATE.type(), START.length);
      rate.set(RATES);
      context.put("rate", rate);
    }
    SolveGradient solve =
        new SolveGradient(
            REFERENCE,
            driven.method(),
            driven.field(),
            context,
            parameters,
            accumulators,
            stepping,
            Interruptions.none(),
            mode,
            demands,
            new BrownianDrive(MOTION, driven.need(), START.length),
            START.length);
    solve.solve().initialValue().set(START);
    return solve;
  }

  private static double motion(int sample, double from, double to) {
    Buffer w = REFERENCE.buffer(Type.perSample(1), 1);
    MOTION.over(new long[] {sample}, new double[] {from}, new double[] {to}, w, null);
    return numbers(w)[0];
  }

  private static double[] numbers(Buffer buffer) {
    double[] numbers = new double[buffer.count()];
    buffer.get(numbers);
    return numbers;
  }

  private static double[] total(Accumulators accumulators) {
    double[] gradient = new double[LAYOUT.size()];
    accumulators.total(gradient);
    return gradient;
  }

  /** What the gradients of Σ cₖ X(tₖ) are. */
  private static void assertGeometric(
      SolveGradient solve, double[] byParameters, double[] times, double[] cotangents) {
    double byA = 0;
    double byB = 0;
    double[] byStart = numbers(solve.initialCotangent());
    for (int row = 0; row < START.length; row++) {
      double ofStart = 0;
      for (int k = 0; k < times.length; k++) {
        double w = motion(row, 0, times[k]);
        double growth = Math.exp(THETA[0] * times[k] + THETA[1] * w);
        ofStart += cotangents[k] * growth;
        byA += cotangents[k] * times[k] * START[row] * growth;
        byB += cotangents[k] * w * START[row] * growth;
      }
      assertThat(byStart[row]).isCloseTo(ofStart, within(5e-3 * Math.abs(ofStart)));
    }
    assertThat(byParameters[0]).isCloseTo(byA, within(1e-2 * Math.abs(byA)));
    assertThat(byParameters[1]).isCloseTo(byB, within(1e-2 * Math.abs(byB)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"heun", "midpoint"})
  void cotangentsOfTheEndAreTheKnownOnes(String name) {
    Accumulators accumulators = REFERENCE.accumulators(LAYOUT);
    SolveGradient solve =
        solve(GEOMETRIC, name, new TimeGrid(0, 1, 256), Demands.none(), accumulators);
    for (int time = 0; time < 2; time++) {
      accumulators.clear();
      solve.forward();
      solve.solutionCotangent().fill(1);
      solve.backward();
      assertGeometric(solve, total(accumulators), new double[] {1}, new double[] {1});
    }
    assertThat(solve.outcomeBack(3)).isEqualTo(Outcome.COMPLETED);
    assertThat(solve.mode().name()).isEqualTo("backsolve");
  }

  @Test
  void cotangentsOfPointsAreAddedOnTheWayBack() {
    double[] times = {0.25, 0.75, 1};
    double[] cotangents = {2, -0.5, 1};
    Accumulators shared = REFERENCE.accumulators(LAYOUT);
    SolveGradient grid =
        solve(GEOMETRIC, "heun", new TimeGrid(0, 1, 256), Demands.none().withEvery(4, 256), shared);
    grid.forward();
    grid.pointCotangent(15).fill(2);
    grid.pointCotangent(47).fill(-0.5);
    grid.solutionCotangent().fill(1);
    grid.backward();
    assertGeometric(grid, total(shared), times, cotangents);
    Accumulators each = REFERENCE.accumulators(LAYOUT);
    SolveGradient own =
        solve(GEOMETRIC, "heun", new TimeGrid(0, 1, 256), Demands.none().withPoints(2), each);
    own.forward(Spans.same(START.length, 0, 0.25, 0.75, 1));
    own.pointCotangent(0).fill(2);
    own.pointCotangent(1).fill(-0.5);
    own.solutionCotangent().fill(1);
    own.backward();
    assertGeometric(own, total(each), times, cotangents);
  }

  /** The state is set to what it was wherever it is known. */
  @Test
  void pointsKeepTheWayBackNearTheWayThere() {
    double[] missed = new double[2];
    for (int i = 0; i < 2; i++) {
      Demands demands = i == 0 ? Demands.none() : Demands.none().withEveryStep(64);
      Accumulators accumulators = REFERENCE.accumulators(LAYOUT);
      SolveGradient solve = solve(GEOMETRIC, "heun", new TimeGrid(0, 1, 64), demands, accumulators);
      solve.forward();
      solve.solutionCotangent().fill(1);
      solve.backward();
      for (int row = 0; row < START.length; row++) {
        missed[i] = Math.max(missed[i], solve.reconstructionError(row));
      }
    }
    assertThat(missed[1]).isPositive().isLessThan(missed[0] / 5);
  }

  @Test
  void stepsThatErrorsChoseAreTakenBack() {
    Accumulators accumulators = REFERENCE.accumulators(LAYOUT);
    AdaptiveSteps steps = AdaptiveSteps.of(1e-5, 1e-5).withFirstStep(0.05);
    SolveGradient solve =
        solve(GEOMETRIC, "heun", new AdaptiveSpan(0, 1, steps), Demands.none(), accumulators);
    solve.forward();
    solve.solutionCotangent().fill(1);
    solve.backward();
    assertGeometric(solve, total(accumulators), new double[] {1}, new double[] {1});
    for (int row = 0; row < START.length; row++) {
      assertThat(solve.stepsBack(row)).isEqualTo(solve.reports().get(row).accepted());
    }
  }

  /** The cotangent itself has no noise: its error is that of the method without any. */
  @ParameterizedTest
  @CsvSource({"heun, 2", "midpoint, 2", "euler-heun, 1"})
  void additiveNoiseLeavesTheCotangentWithout(String name, double order) {
    double[] errors = new double[2];
    for (int i = 0; i < 2; i++) {
      Accumulators accumulators = REFERENCE.accumulators(LAYOUT);
      SolveGradient solve =
          solve(RETURNING, name, new TimeGrid(0, 1, 32 << i), Demands.none(), accumulators);
      solve.forward();
      solve.solutionCotangent().fill(1);
      solve.backward();
      double[] byStart = numbers(solve.initialCotangent());
      for (int row = 0; row < START.length; row++) {
        errors[i] += Math.abs(byStart[row] - Math.exp(-RATES[row]));
      }
    }
    assertThat(Math.log(errors[0] / errors[1]) / Math.log(2)).isCloseTo(order, within(0.1));
  }

  @Test
  void contextAndNoiseGetTheirIntegrals() {
    int steps = 512;
    Accumulators accumulators = REFERENCE.accumulators(LAYOUT);
    SolveGradient solve =
        solve(
            RETURNING,
            "heun",
            new TimeGrid(0, 1, steps),
            Demands.none().withContext(),
            accumulators);
    solve.forward();
    solve.solutionCotangent().fill(1);
    solve.backward();
    double[] byRate = numbers(solve.contextCotangent("rate"));
    double byB = 0;
    for (int row = 0; row < START.length; row++) {
      double ofRate = -START[row] * Math.exp(-RATES[row]);
      for (int i = 0; i < steps; i++) {
        double left = 1 - (i + 0.5) / steps;
        double dw = motion(row, (double) i / steps, (i + 1.0) / steps);
        byB += Math.exp(-RATES[row] * left) * dw;
        ofRate -= THETA[1] * left * Math.exp(-RATES[row] * left) * dw;
      }
      assertThat(byRate[row]).isCloseTo(ofRate, within(1e-3));
    }
    assertThat(total(accumulators)[1]).isCloseTo(byB, within(1e-3));
  }

  @Test
  void aWayBackThatComesToNothingIsSaidSo() {
    StochasticField root =
        StochasticField.of(
            1,
            Noise.ADDITIVE,
            Calculus.STRATONOVICH,
            (t, y) -> y.sqrt(),
            (t, y) -> Value.zeros(Shape.vector(1)));
    Accumulators accumulators = REFERENCE.accumulators(LAYOUT);
    SolveGradient solve = solve(root, "heun", new TimeGrid(0, 1, 10), Demands.none(), accumulators);
    solve.solve().initialValue().set(new double[] {1e-6, 1, 1e-6, 2, 3});
    solve.forward();
    solve.solutionCotangent().fill(1);
    solve.backward();
    assertThat(solve.outcomeBack(0)).isEqualTo(Outcome.NOT_FINITE);
    assertThat(solve.outcomeBack(1)).isEqualTo(Outcome.COMPLETED);
  }

  private static void assertRefused(Method method, GradientMode mode, String... parts) {
    assertThatThrownBy(() -> mode.forSolve(method, new TimeGrid(0, 1, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .startsWith("Gradient mode 'backsolve': ")
        .contains(parts);
  }

  @Test
  void whatHasNoAdjointHereIsRefused() {
    GradientMode back = GradientMode.backsolve();
    StochasticMethod euler = StochasticMethod.named("euler-maruyama");
    assertRefused(
        euler.on(GEOMETRIC.toIto()).method(), back, "an Itô one. Use its toStratonovich()");
    assertRefused(
        euler.on(RETURNING).method(),
        back,
        "noise of any kind",
        "method 'euler-maruyama'",
        "'heun'");
    assertRefused(StochasticMethod.named("shark").on(RETURNING).method(), back, "'shark'");
    assertRefused(StochasticMethod.named("milstein").on(GEOMETRIC).method(), back, "'milstein'");
    for (String name : List.of("reversible-heun", "reversible-heun-plain", "coupled-heun")) {
      DrivenMethod driven = StochasticMethod.named(name).on(GEOMETRIC);
      for (DrivenMethod form : List.of(driven, driven.overOneGrid())) {
        assertRefused(
            form.method(), back, "carries more than the solution", "Use 'reversible', or");
      }
    }
    Method heun = StochasticMethod.named("heun").on(GEOMETRIC).method();
    assertRefused(heun, GradientMode.backsolve().withFullNorm(), "Leave out another method");
    assertRefused(
        heun,
        GradientMode.backsolve().by(Method.named("tsit5"), new TimeGrid(0, 1, 5)),
        "by the method and over the steps of the forward solve");
    GradientMode settled = back.forSolve(heun, new TimeGrid(0, 1, 5));
    assertThat(settled.forSolve(heun, new TimeGrid(0, 1, 5))).isEqualTo(settled);
  }

  @Test
  void timesHaveNoCotangentsWhereNoiseDrives() {
    Accumulators accumulators = REFERENCE.accumulators(LAYOUT);
    assertThatThrownBy(
            () ->
                solve(
                    GEOMETRIC,
                    "heun",
                    new TimeGrid(0, 1, 5),
                    Demands.none().withTimes(),
                    accumulators))
        .hasMessageContaining("it goes back to no times where steps are driven");
  }
}
