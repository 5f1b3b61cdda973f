package org.anabranch.field;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/**
 * A state whose parts have names, side by side in one vector: numbers and vectors for each sample.
 *
 * <pre>
 * NamedState state = NamedState.of("position", 3).and("velocity", 3).and("fuel");
 * Field field = state.field((t, y) -&gt; Map.of(
 *     "position", y.get("velocity"), "velocity", thrust(y.get("fuel")), "fuel", Value.constant(-1)));
 * double[] start = state.pack(Map.of("position", ..., "velocity", ..., "fuel", new double[] {5}));
 * state.unpack("velocity", trajectory.values().get(sample).get(place));
 * </pre>
 *
 * <p>Events, jumps, folds and integrands take a state apart with {@link #part} and put it together
 * with {@link #join}.
 *
 * @param parts the shape of each by its name, scalars and vectors, in their order in the vector
 */
public record NamedState(Map<String, Shape> parts) {
  public NamedState {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("NamedState: it has no parts. Name at least one.");
    }
    parts.forEach(
        (name, shape) -> {
          if (shape.rank() > 1) {
            throw new IllegalArgumentException(
                "NamedState: part '%s' is %s. Parts are numbers and vectors."
                    .formatted(name, shape));
          }
        });
  }

  /** A state of one number for each sample, so far. */
  public static NamedState of(String name) {
    return new NamedState(new LinkedHashMap<>(Map.of(name, Shape.scalar())));
  }

  /** A state of one vector for each sample, so far. */
  public static NamedState of(String name, int components) {
    return new NamedState(new LinkedHashMap<>(Map.of(name, Shape.vector(components))));
  }

  /** This one with a number after it. */
  public NamedState and(String name) {
    return and(name, Shape.scalar());
  }

  /** This one with a vector after it. */
  public NamedState and(String name, int components) {
    return and(name, Shape.vector(components));
  }

  private NamedState and(String name, Shape shape) {
    Map<String, Shape> all = new LinkedHashMap<>(parts);
    if (all.put(name, shape) != null) {
      throw new IllegalArgumentException(
          "NamedState: there are two parts '%s'. Give each a name of its own.".formatted(name));
    }
    return new NamedState(all);
  }

  /** The components of all parts together. */
  public int dimension() {
    return parts.values().stream().mapToInt(Shape::size).sum();
  }

  private int offset(String name) {
    int offset = 0;
    for (Map.Entry<String, Shape> part : parts.entrySet()) {
      if (part.getKey().equals(name)) {
        return offset;
      }
      offset += part.getValue().size();
    }
    throw new IllegalArgumentException(
        "NamedState: there is no part '%s'. The parts are %s.".formatted(name, parts.keySet()));
  }

  private Shape shape(String name) {
    offset(name);
    return parts.getOrDefault(name, Shape.scalar());
  }

  /** A part of the whole state as an expression: a number or a vector for each sample. */
  public Value part(Value state, String name) {
    Shape shape = shape(name);
    Value slice = state.slice(offset(name), shape.size());
    return shape.isScalar() ? slice.sum() : slice;
  }

  /** All parts of a whole state by name. */
  public Map<String, Value> parts(Value state) {
    Map<String, Value> all = new LinkedHashMap<>();
    parts.keySet().forEach(name -> all.put(name, part(state, name)));
    return all;
  }

  /**
   * The whole of all parts.
   *
   * @param given for each part a value of its shape, of each sample or shared
   * @throws IllegalArgumentException if a part is missing, unknown or of another shape
   */
  public Value join(Map<String, Value> given) {
    requireAll(given.keySet());
    List<Value> all = new ArrayList<>();
    parts.forEach(
        (name, shape) -> {
          Value value = given.get(name);
          if (value == null || !value.type().shape().equals(shape)) {
            throw new IllegalArgumentException(
                "NamedState: part '%s' is given %s, it is %s."
                    .formatted(name, value == null ? "nothing" : value.type(), shape));
          }
          all.add(shape.isScalar() ? value.broadcast(1) : value);
        });
    return Value.concatenate(all);
  }

  private void requireAll(Set<String> names) {
    if (!names.equals(parts.keySet())) {
      throw new IllegalArgumentException(
          "NamedState: values are given for %s, the parts are %s. Give one for each."
              .formatted(names, parts.keySet()));
    }
  }

  /** A field without context: the formula builds the drift of each part from t and all parts. */
  public Field field(BiFunction<Value, Map<String, Value>, Map<String, Value>> formula) {
    return field(List.of(), formula);
  }

  /**
   * A field that also reads context.
   *
   * @param context inputs made by {@code Value.input} that the formula reads
   */
  public Field field(
      List<Value> context, BiFunction<Value, Map<String, Value>, Map<String, Value>> formula) {
    return Field.of(dimension(), context, (t, y) -> join(formula.apply(t, parts(y))));
  }

  /**
   * One sample's numbers, as an initial value wants them.
   *
   * @throws IllegalArgumentException if a part is missing, unknown or of another size
   */
  public double[] pack(Map<String, double[]> given) {
    requireAll(given.keySet());
    double[] all = new double[dimension()];
    given.forEach(
        (name, numbers) -> {
          if (numbers.length != shape(name).size()) {
            throw new IllegalArgumentException(
                "NamedState: part '%s' is given %d numbers, it has %d."
                    .formatted(name, numbers.length, shape(name).size()));
          }
          System.arraycopy(numbers, 0, all, offset(name), numbers.length);
        });
    return all;
  }

  /** A part of one sample's numbers, as a solution has them. */
  public double[] unpack(String name, List<Double> whole) {
    if (whole.size() != dimension()) {
      throw new IllegalArgumentException(
          "NamedState: %d numbers are no state of %d.".formatted(whole.size(), dimension()));
    }
    int offset = offset(name);
    return whole.subList(offset, offset + shape(name).size()).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }
}
