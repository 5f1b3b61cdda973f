package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.anabranch.gradient.GradientMode;
import org.anabranch.solver.Method;
import org.anabranch.solver.TimeGrid;
import org.anabranch.train.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against the peers' own losses and gradient norms, which stand in the file beside their weights.
 * w5-small.txt says how it was made.
 */
class CaseMeasurementTest {
  private static final Path FILE = Path.of("src", "test", "resources", "w5-small.safetensors");

  private static Map<String, Object> measure(ReferenceCase workload, int threads)
      throws IOException {
    return new CaseMeasurement(workload, workload.stepping(), threads, 1, 0)
        .run(OdeProblem.read(FILE));
  }

  private static double number(Map<String, Object> figures, String name) {
    return ((Number) figures.get(name)).doubleValue();
  }

  @ParameterizedTest
  @CsvSource({
    "W5_MALI_FIXED, W5.tdp.alf.mali.n40",
    "W5_RK4_DIRECT, W5.torchdiffeq.rk4.backprop.n40",
    "W5_RK4_CHECKPOINTED, W5.torchdiffeq.rk4.backprop.n40"
  })
  void lossGradientAndEvaluationsAreThePeers(ReferenceCase workload, String peer)
      throws IOException {
    Map<String, String> expected =
        Safetensors.read(Files.readAllBytes(FILE), FILE.toString()).metadata();
    Map<String, Object> figures = measure(workload, 1);
    assertThat(number(figures, "loss"))
        .isCloseTo(Double.parseDouble(expected.get(peer + ".loss")), withinPercentage(1e-3));
    assertThat(number(figures, "gradientNorm"))
        .isCloseTo(
            Double.parseDouble(expected.get(peer + ".gradientNorm")), withinPercentage(1e-3));
    assertThat(figures.get("evaluationsForward")).hasToString(expected.get(peer + ".evaluations"));
  }

  @Test
  void anotherNumberOfStepsGivesAnotherLoss() throws IOException {
    OdeProblem problem = OdeProblem.read(FILE);
    var coarse =
        new CaseMeasurement(ReferenceCase.W5_MALI_STEPS, new TimeGrid(0, 1, 4), 1, 1, 0)
            .run(problem);
    assertThat(number(coarse, "loss"))
        .isNotCloseTo(
            number(measure(ReferenceCase.W5_MALI_FIXED, 1), "loss"), withinPercentage(1e-3));
  }

  /** 5 components, 9 hidden units: a matrix of 9 x 6, one of 9 x 9, one of 5 x 9. */
  @Test
  void directKeepsStatesAndComputesStagesTwice() throws IOException {
    OdeProblem problem = OdeProblem.read(FILE);
    ReferenceCase direct = ReferenceCase.W5_RK4_DIRECT;
    FieldWork forward = FieldWork.ofSolve(direct.method(), problem.field(), new TimeGrid(0, 1, 40));
    FieldWork all =
        FieldWork.ofGradient(
            direct.method(), direct.mode(), problem.field(), new TimeGrid(0, 1, 40));
    assertThat(forward).isEqualTo(new FieldWork(160, 160L * (9 * 6 + 9 * 9 + 5 * 9)));
    assertThat(all.evaluations()).isEqualTo(320);
  }

  @Test
  void stepsOfDroppedStatesCountAgainAndKeptOnesDoNot() throws IOException {
    OdeProblem problem = OdeProblem.read(FILE);
    ReferenceCase workload = ReferenceCase.W5_RK4_CHECKPOINTED;
    TimeGrid grid = new TimeGrid(0, 1, 40);
    assertThat(
            FieldWork.ofGradient(workload.method(), workload.mode(), problem.field(), grid)
                .evaluations())
        .isEqualTo(320 + 4 * 20); // every second state is kept, so one step in two is taken again
    GradientMode every = new GradientMode.Checkpointed(39); // the last segment is a single step
    assertThat(FieldWork.ofGradient(workload.method(), every, problem.field(), grid).evaluations())
        .isEqualTo(320 + 4 * 38); // nobody asks for the state after a segment's last step
  }

  /** Other methods and steps, one differential equation; each tolerance bounds its difference. */
  @ParameterizedTest
  @CsvSource({
    "W5_DOPRI5_DIRECT, 1e-3",
    "W5_DOPRI5_CHECKPOINTED, 1e-3",
    "W5_MALI_ADAPTIVE, 1e-1",
  })
  void adaptiveStepsSolveTheSameEquation(ReferenceCase workload, double percent)
      throws IOException {
    Map<String, Object> fixed = measure(ReferenceCase.W5_RK4_DIRECT, 1);
    Map<String, Object> adaptive = measure(workload, 2);
    for (String figure : new String[] {"loss", "gradientNorm"}) {
      assertThat(number(adaptive, figure))
          .isCloseTo(number(fixed, figure), withinPercentage(percent));
    }
  }

  /**
   * Seven stages, the last one the next step's first: the very first is evaluated, and pulled back,
   * on its own. Two more find the first size.
   */
  @Test
  void rejectedStepsAreEvaluatedButNotPulledBack() throws IOException {
    OdeProblem problem = OdeProblem.read(FILE);
    Method dopri5 = ReferenceCase.W5_DOPRI5_DIRECT.method();
    StepCounts steps = new StepCounts(10, 4, 2, true);
    assertThat(FieldWork.ofSolve(dopri5, problem.field(), steps).evaluations())
        .isEqualTo(6 * 14 + 3 * 2);
    FieldWork all = FieldWork.ofGradient(dopri5, GradientMode.direct(), problem.field(), steps);
    assertThat(all.evaluations()).isEqualTo(6 * 14 + 3 * 2 + 6 * 10 + 2);
    assertThat(steps.figures()).containsEntry("steps", 5L).containsEntry("stepsRejected", 2L);
  }

  @Test
  void timesTheWeightsIsAnotherField() throws IOException {
    ReferenceCase workload = ReferenceCase.W5_DOPRI5_DIRECT;
    OdeProblem steep = OdeProblem.read(FILE).scaled(3);
    var figures = new CaseMeasurement(workload, workload.stepping(), 1, 1, 0).run(steep);
    assertThat(number(figures, "steps")).isGreaterThan(number(measure(workload, 1), "steps"));
  }

  /** Square matrices, three of them; ALF's start evaluates once more. */
  @Test
  void aWidthIsThatOfAllMatrices() {
    ReferenceCase mali = ReferenceCase.W5_MALI_WIDTH;
    ReferenceCase direct = ReferenceCase.W5_RK4_WIDTH;
    TimeGrid grid = new TimeGrid(0, 1, 40);
    OdeProblem problem = OdeProblem.ofWidth(7);
    assertThat(FieldWork.ofSolve(mali.method(), problem.field(), grid))
        .isEqualTo(new FieldWork(41, 41L * 3 * 7 * 7));
    assertThat(FieldWork.ofSolve(direct.method(), problem.field(), grid))
        .isEqualTo(new FieldWork(160, 160L * 3 * 7 * 7));
  }

  /** Two methods, two ways to the gradient, one differential equation. */
  @Test
  void bothMethodsSolveTheEquationOfAWidth() {
    OdeProblem problem = OdeProblem.ofWidth(33);
    var mali =
        new CaseMeasurement(ReferenceCase.W5_MALI_WIDTH, new TimeGrid(0, 1, 40), 1, 1, 0)
            .run(problem);
    var direct =
        new CaseMeasurement(ReferenceCase.W5_RK4_WIDTH, new TimeGrid(0, 1, 40), 1, 1, 0)
            .run(problem);
    assertThat(number(mali, "loss")).isCloseTo(number(direct, "loss"), withinPercentage(0.01));
    assertThat(number(mali, "gradientNorm"))
        .isCloseTo(number(direct, "gradientNorm"), withinPercentage(0.01));
  }

  @Test
  void threadsDoNotChangeTheBits() {
    OdeProblem problem = OdeProblem.drawn();
    ReferenceCase mali = ReferenceCase.W5_MALI_FIXED;
    TimeGrid grid = new TimeGrid(0, 1, 2);
    try (TiledGradient one = new TiledGradient(problem, mali.method(), mali.mode(), grid, 1);
        TiledGradient three = new TiledGradient(problem, mali.method(), mali.mode(), grid, 3)) {
      one.run();
      three.run();
      assertThat(three.loss()).isEqualTo(one.loss());
      assertThat(three.gradientNorm()).isEqualTo(one.gradientNorm());
    }
  }

  @Test
  void aFileWithoutWeightsIsRefused(@TempDir Path folder) throws IOException {
    Path empty = folder.resolve("empty.safetensors");
    Files.write(empty, new Safetensors(Map.of(), Map.of()).toBytes());
    assertThatThrownBy(() -> OdeProblem.read(empty))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("net.0.weight")
        .hasMessageContaining("bench/export-peer.py");
  }
}
