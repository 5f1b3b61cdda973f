package org.anabranch.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * An expression for each operation on vectors and matrices of given sizes, for tests of derivatives
 * and back ends.
 *
 * @param n components of x and b, rows of the matrices m and w
 * @param k components of v, columns of the matrices
 */
public record Expressions(int n, int k) {
  public ParameterLayout layout() {
    return ParameterLayout.of(
        new TreeMap<>(Map.of("w", Shape.matrix(n, k), "b", Shape.vector(n), "s", Shape.scalar())));
  }

  public Value x() {
    return Value.input("x", Type.perSample(n));
  }

  public Value v() {
    return Value.input("v", Type.perSample(k));
  }

  public Value m() {
    return Value.input("m", Type.perSample(Shape.matrix(n, k)));
  }

  public Value w() {
    return Value.parameter("w", Shape.matrix(n, k));
  }

  public Value b() {
    return Value.parameter("b", Shape.vector(n));
  }

  public Value s() {
    return Value.parameter("s", Shape.scalar());
  }

  private Graph graph(String name, Value y) {
    return Graph.of(name, List.of(x(), v(), m()), Map.of("y", y));
  }

  /** Every third component, some twice. */
  private static List<Integer> indices(int size) {
    return IntStream.range(0, size + 1).map(i -> (3 * i + i / 2) % size).boxed().toList();
  }

  private Value square() {
    List<Double> identity =
        IntStream.range(0, n * n).mapToObj(i -> i % (n + 1) == 0 ? 2.0 : 0.0).toList();
    Value noise = x().outer(b().plus(x().sin())).times(0.7 / n);
    return noise.plus(Value.constant(identity).reshaped(Shape.matrix(n, n)));
  }

  /** The graphs by name: inputs x, v and m, output y. */
  public List<Graph> all() {
    Map<String, Value> all = new LinkedHashMap<>();
    all.put("batch product", m().appliedTo(v()));
    all.put("transposed batch product", m().transposeAppliedTo(x()));
    all.put("batch product of a parameter and a parameter", w().transposeAppliedTo(b()));
    all.put("batch product with a shared vector", m().transposeAppliedTo(b()));
    all.put(
        "batch product with a shared matrix", Value.of(new BatchProduct(w(), v().sin(), false)));
    all.put("outer product", x().outer(v()));
    all.put("outer product with a parameter", b().outer(v()));
    all.put("outer product of parameters", b().outer(w().transposeAppliedTo(b())));
    all.put("matrix times matrix, component by component", m().times(w()).plus(m().times(s())));
    all.put("function of a matrix", m().times(x().sum()).tanh());
    all.put("select of matrices", m().lessThan(w()).select(m().square(), m().times(w())));
    all.put("sum of a matrix", m().times(w()).sum().times(x()));
    all.put("largest of a matrix", m().times(w()).maximum().times(x()));
    all.put("reshaped", m().flattened().tanh().reshaped(Shape.matrix(k, n)).appliedTo(x()));
    all.put("reshaped parameter", w().reshaped(Shape.matrix(k, n)).appliedTo(x()));
    all.put("gather", x().square().gather(indices(n)));
    all.put("gather of a parameter", b().gather(indices(n)).times(v().sum()));
    all.put("scatter", v().tanh().gather(indices(k)).scatterAdd(indices(k), k));
    all.put("transposed", m().transposed().tanh());
    all.put("repeated rows", m().times(v().repeatedRows(n)));
    all.put("repeated columns", m().times(b().repeatedColumns(k)));
    all.put("row sums", m().square().rowSums());
    all.put("column sums", m().square().columnSums());
    all.put("rows", m().rows(n / 2, n - n / 2).sin());
    all.put("row", m().row(n - 1).times(v()));
    all.put("stacked", Value.stacked(List.of(m(), v(), m().row(0))).tanh());
    all.put("solve", square().solve(x()));
    all.put("solve with a parameter", square().solve(b()));
    all.put("transposed solve", Value.of(new Solve(square(), x().sin(), true)));
    all.put("row sum of a product", x().times(Value.of(new Operation.RowSum(w().appliedTo(v())))));
    all.put("row sum over a parameter", x().times(Value.of(new Operation.RowSum(x().plus(b())))));
    List<Graph> graphs = new ArrayList<>();
    all.forEach((name, y) -> graphs.add(graph(name, y)));
    return graphs;
  }

  /** All for a test that does not depend on sizes. */
  public static List<Graph> small() {
    return new Expressions(3, 4).all();
  }
}
