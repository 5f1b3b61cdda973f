package org.anabranch.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random graphs: a failure names its seed, and {@code RandomGraph.of(seed, 14)} is its graph. */
class RandomGraphTest {
  private static final int STEPS = 14;

  static LongStream seeds() {
    return LongStream.range(0, 120);
  }

  private static DerivativeCheck check(long seed) {
    return new DerivativeCheck(RandomGraph.of(seed, STEPS), RandomGraph.layout(), 2, seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void pullbackEqualsDifferences(long seed) {
    check(seed).pullbackEqualsDifferences(1e-6);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void pushforwardIsTheTransposedPullback(long seed) {
    check(seed).pushforwardIsTheTransposedPullback();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void pullbackOfThePullbackEqualsDifferences(long seed) {
    check(seed).second().pullbackEqualsDifferences(1e-6);
    check(seed).second().pushforwardIsTheTransposedPullback();
  }

  @Test
  void everyOperationAndFunctionOccurs() {
    Set<String> found = new TreeSet<>();
    seeds().mapToObj(seed -> RandomGraph.of(seed, STEPS)).forEach(graph -> collect(graph, found));
    Set<String> expected = new TreeSet<>();
    for (Class<?> operation : Operation.class.getPermittedSubclasses()) {
      expected.add(operation.getSimpleName());
    }
    for (Enum<?>[] functions :
        new Enum<?>[][] {
          UnaryFunction.values(), BinaryFunction.values(), ReductionFunction.values()
        }) {
      Arrays.stream(functions).forEach(function -> expected.add(function.toString()));
    }
    assertThat(found).containsAll(expected);
  }

  private static void collect(Graph graph, Set<String> found) {
    for (Value value : graph.order()) {
      Operation operation = value.operation();
      found.add(operation.getClass().getSimpleName());
      if (operation instanceof Operation.Unary unary) {
        found.add(unary.function().name());
      } else if (operation instanceof Operation.Binary binary) {
        found.add(binary.function().name());
      } else if (operation instanceof Operation.Reduction reduction) {
        found.add(reduction.function().name());
      } else if (operation instanceof Call call) {
        collect(call.graph(), found);
      }
    }
  }
}
