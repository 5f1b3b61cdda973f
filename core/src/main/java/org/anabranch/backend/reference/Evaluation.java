package org.anabranch.backend.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.anabranch.graph.BatchProduct;
import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.Call;
import org.anabranch.graph.Gather;
import org.anabranch.graph.Operation;
import org.anabranch.graph.OuterProduct;
import org.anabranch.graph.Reshape;
import org.anabranch.graph.ScatterAdd;
import org.anabranch.graph.Solve;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;

/** How each operation fills the cells of its value. */
final class Evaluation {
  private final Map<Value, Cells> arena;
  private final int rows;

  Evaluation(Map<Value, Cells> arena, int rows) {
    this.arena = arena;
    this.rows = rows;
  }

  Operation.Cases<Runnable> of(Value value) {
    return new Rules(cells(value));
  }

  private Cells cells(Value value) {
    Cells cells = arena.get(value);
    if (cells == null) {
      throw new AssertionError("no cells for " + value);
    }
    return cells;
  }

  static double unary(UnaryFunction function, double x) {
    return switch (function) {
      case NEGATE -> -x;
      case ABSOLUTE -> Math.abs(x);
      case SQRT -> Math.sqrt(x);
      case RECIPROCAL -> 1 / x;
      case SQUARE -> x * x;
      case EXP -> StrictMath.exp(x);
      case LOG -> StrictMath.log(x);
      case TANH -> StrictMath.tanh(x);
      case SIGMOID -> 1 / (1 + StrictMath.exp(-x));
      case SOFTPLUS -> softplus(x);
      case RELU -> x > 0 || Double.isNaN(x) ? x : 0;
      case STEP -> x > 0 ? 1 : 0;
      case SIN -> StrictMath.sin(x);
      case COS -> StrictMath.cos(x);
      case EXPM1 -> StrictMath.expm1(x);
      case ERF -> ErrorFunction.at(x);
    };
  }

  private static double softplus(double x) {
    double tail = StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    return x < 0 ? tail : x + tail;
  }

  static double binary(BinaryFunction function, double a, double b) {
    return switch (function) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MINIMUM -> Math.min(a, b);
      case MAXIMUM -> Math.max(a, b);
      case LESS -> a < b ? 1 : 0;
      case LESS_OR_EQUAL -> a <= b ? 1 : 0;
      case EQUAL -> a == b ? 1 : 0;
      case POWER -> StrictMath.pow(a, b);
    };
  }

  private final class Rules implements Operation.Cases<Runnable> {
    private final Cells y;

    Rules(Cells y) {
      this.y = y;
    }

    /** A number of the result from its row and component. */
    private interface Formula {
      double at(int row, int component);
    }

    private Runnable each(Formula formula) {
      return () -> {
        for (int row = 0, i = 0; row < y.rows(); row++) {
          for (int component = 0; component < y.size(); component++, i++) {
            y.values()[i] = formula.at(row, component);
          }
        }
      };
    }

    @Override
    public Runnable input(Operation.Input operation) {
      throw new AssertionError("inputs are copied");
    }

    @Override
    public Runnable parameter(Operation.Parameter operation) {
      throw new AssertionError("parameters are copied");
    }

    @Override
    public Runnable constant(Operation.Constant operation) {
      for (int i = 0; i < y.size(); i++) {
        y.values()[i] = operation.values().get(i);
      }
      return () -> {};
    }

    @Override
    public Runnable unary(Operation.Unary operation) {
      Cells x = cells(operation.x());
      DoubleUnaryOperator f = v -> Evaluation.unary(operation.function(), v);
      return each((row, component) -> f.applyAsDouble(x.at(row, component)));
    }

    @Override
    public Runnable binary(Operation.Binary operation) {
      Cells a = cells(operation.a());
      Cells b = cells(operation.b());
      DoubleBinaryOperator f = (v, w) -> Evaluation.binary(operation.function(), v, w);
      return each((row, component) -> f.applyAsDouble(a.at(row, component), b.at(row, component)));
    }

    @Override
    public Runnable select(Operation.Select operation) {
      Cells mask = cells(operation.mask());
      Cells a = cells(operation.a());
      Cells b = cells(operation.b());
      return each(
          (row, component) ->
              mask.at(row, component) != 0 ? a.at(row, component) : b.at(row, component));
    }

    @Override
    public Runnable product(Operation.Product operation) {
      Cells w = cells(operation.matrix());
      Cells x = cells(operation.x());
      int columns = operation.matrix().type().shape().columns();
      boolean transposed = operation.transposed();
      return each(
          (row, j) -> {
            double sum = 0;
            for (int k = 0; k < x.size(); k++) {
              int cell = transposed ? k * columns + j : j * columns + k;
              sum = Math.fma(w.values()[cell], x.at(row, k), sum);
            }
            return sum;
          });
    }

    @Override
    public Runnable rowProduct(Operation.RowProduct operation) {
      Cells a = cells(operation.a());
      Cells b = cells(operation.b());
      return () -> {
        Arrays.fill(y.values(), 0);
        for (int row = 0; row < rows; row++) {
          for (int j = 0; j < a.size(); j++) {
            for (int k = 0; k < b.size(); k++) {
              int cell = j * b.size() + k;
              y.values()[cell] = Math.fma(a.at(row, j), b.at(row, k), y.values()[cell]);
            }
          }
        }
      };
    }

    @Override
    public Runnable rowSum(Operation.RowSum operation) {
      Cells x = cells(operation.x());
      return () -> {
        Arrays.fill(y.values(), 0);
        for (int row = 0; row < rows; row++) {
          for (int component = 0; component < x.size(); component++) {
            y.values()[component] += x.at(row, component);
          }
        }
      };
    }

    @Override
    public Runnable reduction(Operation.Reduction operation) {
      Cells x = cells(operation.x());
      DoubleBinaryOperator f =
          switch (operation.function()) {
            case SUM -> Double::sum;
            case MAXIMUM -> Math::max;
          };
      return each(
          (row, component) -> {
            double result = x.at(row, 0);
            for (int k = 1; k < x.size(); k++) {
              result = f.applyAsDouble(result, x.at(row, k));
            }
            return result;
          });
    }

    @Override
    public Runnable broadcast(Operation.Broadcast operation) {
      Cells x = cells(operation.x());
      return each(x::at);
    }

    @Override
    public Runnable concatenate(Operation.Concatenate operation) {
      List<Runnable> copies = new ArrayList<>();
      int from = 0;
      for (Value part : operation.parts()) {
        Cells x = cells(part);
        int start = from;
        copies.add(
            () -> {
              for (int row = 0; row < y.rows(); row++) {
                for (int k = 0; k < x.size(); k++) {
                  y.values()[row * y.size() + start + k] = x.at(row, k);
                }
              }
            });
        from += x.size();
      }
      return () -> copies.forEach(Runnable::run);
    }

    @Override
    public Runnable slice(Operation.Slice operation) {
      Cells x = cells(operation.x());
      return each((row, component) -> x.at(row, operation.from() + component));
    }

    @Override
    public Runnable cast(Operation.Cast operation) {
      Cells x = cells(operation.x());
      return each(x::at);
    }

    @Override
    public Runnable roundToGrid(Operation.RoundToGrid operation) {
      Cells x = cells(operation.x());
      double magic = operation.magic();
      return each((row, component) -> (x.at(row, component) + magic) - magic);
    }

    @Override
    public Runnable batchProduct(BatchProduct operation) {
      Cells a = cells(operation.matrix());
      Cells x = cells(operation.x());
      int columns = operation.matrix().type().shape().columns();
      return each(
          (row, j) -> {
            double sum = 0;
            for (int k = 0; k < x.size(); k++) {
              int cell = operation.transposed() ? k * columns + j : j * columns + k;
              sum = Math.fma(a.at(row, cell), x.at(row, k), sum);
            }
            return sum;
          });
    }

    @Override
    public Runnable outerProduct(OuterProduct operation) {
      Cells a = cells(operation.a());
      Cells b = cells(operation.b());
      return each((row, cell) -> a.at(row, cell / b.size()) * b.at(row, cell % b.size()));
    }

    @Override
    public Runnable reshape(Reshape operation) {
      Cells x = cells(operation.x());
      return each(x::at);
    }

    @Override
    public Runnable gather(Gather operation) {
      Cells x = cells(operation.x());
      return each((row, component) -> x.at(row, operation.indices().get(component)));
    }

    @Override
    public Runnable scatterAdd(ScatterAdd operation) {
      Cells x = cells(operation.x());
      return () -> {
        Arrays.fill(y.values(), 0);
        for (int row = 0; row < y.rows(); row++) {
          for (int i = 0; i < x.size(); i++) {
            y.values()[row * y.size() + operation.indices().get(i)] += x.at(row, i);
          }
        }
      };
    }

    @Override
    public Runnable solve(Solve operation) {
      Cells a = cells(operation.matrix());
      Cells b = cells(operation.b());
      int n = y.size();
      return () -> {
        for (int row = 0; row < y.rows(); row++) {
          double[][] m = new double[n][n];
          double[] right = new double[n];
          for (int j = 0; j < n; j++) {
            right[j] = b.at(row, j);
            for (int k = 0; k < n; k++) {
              m[j][k] = a.at(row, operation.transposed() ? k * n + j : j * n + k);
            }
          }
          System.arraycopy(LinearSolve.solve(m, right), 0, y.values(), row * n, n);
        }
      };
    }

    @Override
    public Runnable call(Call operation) {
      throw new AssertionError("calls are inlined");
    }

    @Override
    public Runnable detach(Operation.Detach operation) {
      Cells x = cells(operation.x());
      return each(x::at);
    }
  }
}
