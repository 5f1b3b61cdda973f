package org.anabranch.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.DifferentialEquation;
import org.anabranch.solver.Event;
import org.anabranch.solver.Method;
import org.anabranch.solver.Trajectory;
import org.junit.jupiter.api.Test;

class NamedStateTest {
  /** A stone in the air, and how far it has come. */
  private static final NamedState STONE =
      NamedState.of("position", 2).and("velocity", 2).and("way");

  private static final Field THROW =
      STONE.field(
          (t, y) -> {
            Value velocity = y.get("velocity");
            return Map.of(
                "position",
                velocity,
                "velocity",
                Value.constant(List.of(0.0, -9.81)),
                "way",
                velocity.square().sum().sqrt());
          });

  private static Trajectory solve(double... times) {
    double[] start =
        STONE.pack(
            Map.of(
                "way", new double[] {0},
                "velocity", new double[] {3, 4},
                "position", new double[] {0, 1}));
    assertThat(start).containsExactly(0, 1, 3, 4, 0);
    Event ground =
        Event.of(
            5,
            Event.Direction.FALLING,
            true,
            (t, y) -> STONE.part(y, "position").slice(1, 1).sum());
    return new DifferentialEquation(THROW)
        .solve(
            Method.named("dopri8"),
            AdaptiveSteps.of(1e-10, 1e-10),
            times,
            new double[][] {start},
            List.of(ground));
  }

  @Test
  void partsAreReadByTheirNames() {
    List<Double> end = solve(0, 0.5).values().get(0).get(1);
    assertThat(STONE.unpack("position", end))
        .containsExactly(new double[] {1.5, 1 + 2 - 9.81 / 8}, within(1e-8));
    assertThat(STONE.unpack("velocity", end))
        .containsExactly(new double[] {3, 4 - 9.81 / 2}, within(1e-8));
    // ∫ √(9 + v²) dt with v = 4 − gt, in closed form.
    assertThat(STONE.unpack("way", end))
        .containsExactly(new double[] {(way(4) - way(4 - 9.81 / 2)) / 9.81}, within(1e-8));
  }

  private static double way(double v) {
    double speed = Math.hypot(3, v);
    return v * speed / 2 + 4.5 * Math.log(v + speed);
  }

  @Test
  void eventsTakeTheStateApart() {
    var event = solve(0, 5).events().get(0);
    double time = (4 + Math.sqrt(16 + 2 * 9.81)) / 9.81;
    assertThat(event.time()).isCloseTo(time, within(1e-8));
    assertThat(STONE.unpack("position", event.value())[0]).isCloseTo(3 * time, within(1e-8));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Value y = Value.input("y", Type.perSample(5));
    assertThatThrownBy(() -> STONE.part(y, "speed"))
        .hasMessage(
            "NamedState: there is no part 'speed'. The parts are [position, velocity, way].");
    assertThatThrownBy(() -> STONE.and("way")).hasMessageContaining("two parts 'way'");
    assertThatThrownBy(() -> STONE.field((t, parts) -> Map.of("way", parts.get("way"))))
        .hasMessageContaining("values are given for [way]")
        .hasMessageContaining("Give one for each");
    Map<String, Value> vectors =
        Map.of("way", y.slice(0, 1), "position", y.slice(0, 2), "velocity", y.slice(0, 2));
    assertThatThrownBy(() -> STONE.join(vectors)).hasMessageContaining("part 'way' is given");
    Map<String, double[]> numbers =
        Map.of(
            "way", new double[2],
            "position", new double[2],
            "velocity", new double[2]);
    assertThatThrownBy(() -> STONE.pack(numbers))
        .hasMessageContaining("part 'way' is given 2 numbers, it has 1");
    assertThatThrownBy(() -> STONE.unpack("way", List.of(1.0)))
        .hasMessageContaining("1 numbers are no state of 5");
  }
}
