package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.field.Field;
import org.anabranch.gradient.GradientMode;
import org.anabranch.graph.Graph;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.Method;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;

/** On dz/dt = θz, whose solution is known, with z itself as logits. */
class FlowStudyTest {
  private static final double RATE = -0.5;
  private static final TimeGrid GRID = new TimeGrid(0, 1, 64);
  private static final Block BLOCK =
      Block.of(
          0, 4, 2, new long[] {10, 11, 12}, new float[] {2, 1, 0, 3, 5, 5}, new float[] {0, 0, 1});

  @Test
  void aCourseIsTheSolutionAtEveryTime() {
    Course course = study(Method.rk4(), GradientMode.direct()).courses(BLOCK, List.of(1)).get(0);
    assertThat(course.verdict().id()).isEqualTo(11);
    assertThat(course.states()).hasSize(65);
    for (int step = 0; step <= 64; step++) {
      double factor = Math.exp(RATE * GRID.time(step));
      assertThat(course.states().get(step).get(0)).isEqualTo(0);
      assertThat(course.states().get(step).get(1)).isCloseTo(3 * factor, within(1e-8));
      assertThat(course.ofLabel().get(step))
          .isCloseTo(1 / (1 + Math.exp(3 * factor)), within(1e-8));
    }
  }

  @Test
  void aVerdictSaysWhatTheModelChoseAndHowSureItIs() {
    List<Verdict> verdicts = study(Method.rk4(), GradientMode.direct()).verdicts(BLOCK);
    double factor = Math.exp(RATE);
    assertThat(verdicts).extracting(Verdict::id).containsExactly(10L, 11L, 12L);
    assertThat(verdicts).extracting(Verdict::found).containsExactly(0, 1, 0); // the first of equals
    assertThat(verdicts).extracting(Verdict::isMistake).containsExactly(false, true, true);
    assertThat(verdicts.get(0).certainty()).isCloseTo(1 / (1 + Math.exp(-factor)), within(1e-8));
    assertThat(verdicts.get(1).ofLabel()).isCloseTo(1 / (1 + Math.exp(3 * factor)), within(1e-8));
    assertThat(verdicts.get(2).certainty()).isCloseTo(0.5, within(1e-12));
    assertThat(verdicts).extracting(Verdict::outcome).containsOnly(Outcome.COMPLETED);
  }

  @Test
  void alfComesBackToTheVeryStartAndItsVelocityFollowsTheDrift() {
    FlowStudy study = study(Method.alf(), GradientMode.automatic());
    assertThat(study.gradientMode()).isEqualTo("reversible");
    assertThat(study.reconstructionError(BLOCK)).hasValue(0);
    Course course = study.courses(BLOCK, List.of(0)).get(0);
    assertThat(course.defects().get(0)).isCloseTo(0, within(1e-6));
    assertThat(course.defects()).allSatisfy(share -> assertThat(share).isBetween(0.0, 0.01));
  }

  @Test
  void withStoredStatesNothingIsReconstructed() {
    assertThat(study(Method.rk4(), GradientMode.checkpointed()).reconstructionError(BLOCK))
        .isEmpty();
  }

  @Test
  void rk4EvaluatesFourTimesAStepAndAlfOnceAndAtTheStart() {
    assertThat(study(Method.rk4(), GradientMode.direct()).evaluations()).isEqualTo(4 * 64);
    assertThat(study(Method.alf(), GradientMode.automatic()).evaluations()).isEqualTo(64 + 1);
  }

  @Test
  void aBlockOfAnotherCapacityIsRefused() {
    Block other = Block.of(7, 3, 2, new long[] {1}, new float[] {1, 2}, new float[] {0});
    assertThatThrownBy(() -> study(Method.rk4(), GradientMode.direct()).verdicts(other))
        .hasMessageContaining("Block 7")
        .hasMessageContaining("capacity 4");
  }

  private static FlowStudy study(Method method, GradientMode mode) {
    Value x = Value.input("x", Type.perSample(2));
    Graph stem = Graph.of("stem", List.of(x), Map.of("y0", x));
    Value y = Value.input("y", Type.perSample(2));
    Value label = Value.input("label", Type.perSampleScalar());
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("loss", y.logSumExp().plus(label.times(0)));
    outputs.put("logits", y);
    Graph objective = Graph.of("objective", List.of(y, label), outputs);
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("rate", Shape.scalar());
    ParameterLayout layout = ParameterLayout.of(shapes);
    Field field = Field.of(2, (t, z) -> z.times(Value.parameter("rate", Shape.scalar())));
    Pipeline pipeline = new Pipeline(layout, stem, field, method, GRID, mode, objective);
    FlowStudy study = new FlowStudy(pipeline, Backends.named("reference"), 4);
    study.load(new double[] {RATE});
    return study;
  }
}
