package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.junit.jupiter.api.Test;

class HoistedProgramTest {
  private static final int ROWS = 5;
  private static final int SIZE = 7;
  private static final Value X = Value.input("x", Type.perSample(SIZE));
  private static final Value W = Value.parameter("w", Shape.matrix(SIZE, SIZE));
  private static final Value B = Value.parameter("b", Shape.vector(SIZE));
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(
          new TreeMap<>(Map.of("w", Shape.matrix(SIZE, SIZE), "b", Shape.vector(SIZE))));

  /** The matrix and the bias of the product depend on parameters alone. */
  private static final Graph GRAPH =
      Graph.of(
          "g",
          List.of(X),
          Map.of("y", W.tanh().appliedTo(X).plus(B.exp()).tanh(), "bias", B.exp()));

  private final Backend backend = new SimdBackend();
  private final Buffer x = buffer(backend, 3);
  private final Buffer y = backend.buffer(Type.perSample(SIZE), ROWS);
  private final Buffer bias = backend.buffer(Type.shared(Shape.vector(SIZE)), 1);

  private static Buffer buffer(Backend backend, int seed) {
    Buffer x = backend.buffer(Type.perSample(SIZE), ROWS);
    x.set(numbers(ROWS * SIZE, seed));
    return x;
  }

  private static double[] numbers(int count, int seed) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) Math.sin(i + 10.0 * seed);
    }
    return numbers;
  }

  private static Parameters parameters(Backend backend, int seed) {
    Parameters parameters = backend.parameters(LAYOUT);
    parameters.load(numbers(LAYOUT.size(), seed));
    return parameters;
  }

  private static double[] values(Buffer buffer) {
    double[] values = new double[buffer.rows() * SIZE];
    buffer.get(values);
    return values;
  }

  /** From a graph compiled as it stands, all of it at each run. */
  private static double[] expected(int seed) {
    Backend literal = SimdBackend.literal();
    Buffer y = literal.buffer(Type.perSample(SIZE), ROWS);
    Buffer bias = literal.buffer(Type.shared(Shape.vector(SIZE)), 1);
    literal
        .compile(GRAPH, ROWS)
        .bind(
            Map.of("x", buffer(literal, 3)),
            Map.of("y", y, "bias", bias),
            parameters(literal, seed),
            null)
        .run();
    return values(y);
  }

  private Program.Execution bound(Program program, Parameters parameters) {
    return program.bind(Map.of("x", x), Map.of("y", y, "bias", bias), parameters, null);
  }

  @Test
  void bitsAreThoseOfTheWholeGraph() {
    Parameters parameters = parameters(backend, 1);
    bound(backend.compile(GRAPH, ROWS), parameters).run();
    assertThat(values(y)).containsExactly(expected(1));
  }

  @Test
  void newParametersAreSeen() {
    Parameters parameters = parameters(backend, 1);
    Program.Execution execution = bound(backend.compile(GRAPH, ROWS), parameters);
    execution.run();
    parameters.load(numbers(LAYOUT.size(), 2));
    execution.run();
    assertThat(values(y)).containsExactly(expected(2));
  }

  @Test
  void twoSetsOfParametersTakeTurns() {
    Program program = backend.compile(GRAPH, ROWS);
    Program.Execution first = bound(program, parameters(backend, 1));
    Program.Execution second = bound(program, parameters(backend, 2));
    for (int i = 0; i < 2; i++) {
      first.run();
      assertThat(values(y)).containsExactly(expected(1));
      second.run();
      assertThat(values(y)).containsExactly(expected(2));
    }
  }

  @Test
  void valuesOfParametersAreNotComputedAgainUntilTheyAreLoaded() {
    SimdParameters parameters = (SimdParameters) parameters(backend, 1);
    Program.Execution execution = bound(backend.compile(GRAPH, ROWS), parameters);
    execution.run();
    double[] before = values(bias);
    parameters.place((Operation.Parameter) B.operation()).set(0, 5);
    execution.run();
    assertThat(values(bias)).containsExactly(before);
  }

  @Test
  void bytesAreThoseThatWereForetold() {
    assertThat(backend.compile(GRAPH, ROWS).bytes()).isEqualTo(backend.arenaBytes(GRAPH, ROWS));
  }

  @Test
  void aGraphWithNothingToHoistIsOneProgram() {
    Graph plain = Graph.of("g", List.of(X), Map.of("y", W.appliedTo(X).plus(B)));
    assertThat(backend.compile(plain, ROWS)).isInstanceOf(SimdProgram.class);
    assertThat(backend.compile(GRAPH, ROWS)).isInstanceOf(HoistedProgram.class);
  }
}
