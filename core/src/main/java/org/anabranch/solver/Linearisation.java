package org.anabranch.solver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anabranch.field.Field;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Value;

/**
 * A field's derivatives at a point as expressions, exact: a forward product for each component of y
 * and one for time.
 *
 * @param jacobian ∂f/∂y, [dim × dim] for each sample
 * @param byTime ∂f/∂t, a vector
 */
record Linearisation(Value jacobian, Value byTime) {
  static Linearisation of(Field field, Value t, Value y) {
    Graph graph = field.graph();
    int dimension = field.dimension();
    Map<String, Value> derivatives = new LinkedHashMap<>();
    List<String> columns = new ArrayList<>();
    for (int j = 0; j < dimension; j++) {
      columns.add("column." + j);
      derivatives.put(columns.get(j), pushforward(graph, "y", unit(j, dimension)));
    }
    derivatives.put("time", pushforward(graph, "t", Value.constant(1)));
    Graph products =
        Graph.of(graph.name() + ".jacobian", List.copyOf(graph.inputs().values()), derivatives);
    Map<String, Value> arguments = new LinkedHashMap<>(field.context());
    arguments.put("t", t.narrowed());
    arguments.put("y", y);
    Map<String, Value> at = products.apply(arguments);
    List<Value> rows = columns.stream().map(name -> get(at, name)).toList();
    return new Linearisation(Value.stacked(rows).transposed(), get(at, "time"));
  }

  private static Value pushforward(Graph graph, String input, Value tangent) {
    return get(Differentiation.pushforward(graph, Map.of(input, tangent)), "drift");
  }

  private static Value get(Map<String, Value> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private static Value unit(int index, int dimension) {
    List<Double> numbers = new ArrayList<>(Collections.nCopies(dimension, 0.0));
    numbers.set(index, 1.0);
    return Value.constant(numbers);
  }

  /** The identity matrix. */
  static Value identity(int dimension) {
    List<Value> rows = new ArrayList<>();
    for (int i = 0; i < dimension; i++) {
      rows.add(unit(i, dimension));
    }
    return Value.stacked(rows);
  }
}
