package org.anabranch.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Carries tangents from inputs to outputs: one rule for each operation. */
final class ForwardSweep {
  private final Set<Value> active;
  private final Map<Value, Value> tangents = new IdentityHashMap<>();
  private final Map<ProductKey, Graph> products = new HashMap<>();

  /** What tells one forward product of a body from another. */
  private record ProductKey(Graph body, Map<String, Type> tangents) {}

  ForwardSweep(Set<Value> active) {
    this.active = active;
  }

  void put(Value value, Value tangent) {
    if (!tangent.type().fits(value.type())) {
      throw new IllegalArgumentException(
          "Differentiation: the tangent of %s is %s. Give a value of the same type."
              .formatted(value, tangent.type()));
    }
    tangents.put(value, tangent);
  }

  /** The tangent of a value, zeros if it does not depend on the inputs asked for. */
  Value tangent(Value value) {
    Value tangent = tangents.get(value);
    return tangent == null ? zero(value.type()) : tangent;
  }

  private static Value zero(Type type) {
    Value zeros = Value.zeros(type.shape());
    return type.isWide() ? zeros.widened() : zeros;
  }

  /** The tangent of a value for each sample, also where it is the same for all. */
  private Value perSample(Value value) {
    return Differentiation.forSamplesOf(value, tangent(value));
  }

  void visit(Value value) {
    if (active.contains(value) && !tangents.containsKey(value)) {
      tangents.put(value, value.operation().match(new Rules(value)));
    }
  }

  /** A body's inputs and tangents of some to tangents of its outputs. */
  private static Graph productOf(ProductKey key) {
    List<Value> inputs = new ArrayList<>(key.body.inputs().values());
    Map<String, Value> tangents = new LinkedHashMap<>();
    key.tangents.forEach(
        (name, type) -> {
          tangents.put(name, Value.input(CallPullback.freshName("t." + name, key.body), type));
          inputs.add(tangents.get(name));
        });
    Map<String, Value> outputs = Differentiation.pushforward(key.body, tangents);
    return Graph.of(key.body.name() + "*", inputs, outputs);
  }

  /** The tangent of y = operation(…). */
  private final class Rules implements Operation.Cases<Value> {
    private final Value y;

    Rules(Value y) {
      this.y = y;
    }

    @Override
    public Value input(Operation.Input operation) {
      return zero(y.type());
    }

    @Override
    public Value parameter(Operation.Parameter operation) {
      return zero(y.type());
    }

    @Override
    public Value constant(Operation.Constant operation) {
      return zero(y.type());
    }

    @Override
    public Value unary(Operation.Unary operation) {
      Value derivative = Differentiation.derivative(operation.function(), operation.x(), y);
      return tangent(operation.x()).times(derivative);
    }

    @Override
    public Value binary(Operation.Binary operation) {
      Value a = operation.a();
      Value b = operation.b();
      Value da = tangent(a);
      Value db = tangent(b);
      return switch (operation.function()) {
        case ADD -> da.plus(db);
        case SUBTRACT -> da.minus(db);
        case MULTIPLY -> da.times(b).plus(a.times(db));
        case DIVIDE -> da.minus(y.times(db)).dividedBy(b);
        case MINIMUM -> a.lessThan(b).select(da, db);
        case MAXIMUM -> b.lessThan(a).select(da, db);
        case LESS, LESS_OR_EQUAL, EQUAL -> zero(y.type());
        case POWER -> power(a, b);
      };
    }

    private Value power(Value a, Value b) {
      Value sum = zero(y.type());
      if (active.contains(a)) {
        sum = sum.plus(tangent(a).times(Differentiation.byBase(a, b)));
      }
      return active.contains(b)
          ? sum.plus(tangent(b).times(Differentiation.byExponent(a, y)))
          : sum;
    }

    @Override
    public Value select(Operation.Select operation) {
      return operation.mask().select(tangent(operation.a()), tangent(operation.b()));
    }

    @Override
    public Value product(Operation.Product operation) {
      boolean transposed = operation.transposed();
      Value matrix = operation.matrix();
      Value byVector =
          active.contains(operation.x())
              ? Value.of(new Operation.Product(matrix, perSample(operation.x()), transposed))
              : Value.zeros(y.type().shape());
      return active.contains(matrix)
          ? byVector.plus(
              Value.of(new Operation.Product(tangent(matrix), operation.x(), transposed)))
          : byVector;
    }

    @Override
    public Value rowProduct(Operation.RowProduct operation) {
      Value a = operation.a();
      Value b = operation.b();
      Value byFirst =
          active.contains(a)
              ? Value.of(new Operation.RowProduct(perSample(a), b))
              : Value.zeros(y.type().shape());
      return active.contains(b)
          ? byFirst.plus(Value.of(new Operation.RowProduct(a, perSample(b))))
          : byFirst;
    }

    @Override
    public Value rowSum(Operation.RowSum operation) {
      return Value.of(new Operation.RowSum(perSample(operation.x())));
    }

    @Override
    public Value reduction(Operation.Reduction operation) {
      Value dx = tangent(operation.x());
      return switch (operation.function()) {
        case SUM -> dx.sum();
        case MAXIMUM -> {
          Value mask = operation.x().equalTo(y);
          yield dx.times(mask).sum().dividedBy(mask.sum());
        }
      };
    }

    @Override
    public Value broadcast(Operation.Broadcast operation) {
      return tangent(operation.x()).broadcast(operation.size());
    }

    @Override
    public Value concatenate(Operation.Concatenate operation) {
      List<Value> parts = new ArrayList<>();
      operation.parts().forEach(part -> parts.add(tangent(part)));
      return Value.concatenate(parts);
    }

    @Override
    public Value slice(Operation.Slice operation) {
      return tangent(operation.x()).slice(operation.from(), operation.size());
    }

    @Override
    public Value cast(Operation.Cast operation) {
      return Differentiation.in(operation.precision(), tangent(operation.x()));
    }

    @Override
    public Value roundToGrid(Operation.RoundToGrid operation) {
      return tangent(operation.x());
    }

    @Override
    public Value batchProduct(BatchProduct operation) {
      boolean transposed = operation.transposed();
      Value a = operation.matrix();
      Value x = operation.x();
      Value sum = Value.zeros(y.type().shape());
      if (active.contains(x)) {
        sum = sum.plus(Value.of(new BatchProduct(a, tangent(x), transposed)));
      }
      return active.contains(a)
          ? sum.plus(Value.of(new BatchProduct(tangent(a), x, transposed)))
          : sum;
    }

    @Override
    public Value outerProduct(OuterProduct operation) {
      Value sum = Value.zeros(y.type().shape());
      if (active.contains(operation.a())) {
        sum = sum.plus(tangent(operation.a()).outer(operation.b()));
      }
      return active.contains(operation.b())
          ? sum.plus(operation.a().outer(tangent(operation.b())))
          : sum;
    }

    @Override
    public Value reshape(Reshape operation) {
      return tangent(operation.x()).reshaped(operation.shape());
    }

    @Override
    public Value gather(Gather operation) {
      return tangent(operation.x()).gather(operation.indices());
    }

    @Override
    public Value scatterAdd(ScatterAdd operation) {
      return tangent(operation.x()).scatterAdd(operation.indices(), operation.size());
    }

    /** A dx = db − dA x. */
    @Override
    public Value solve(Solve operation) {
      Value a = operation.matrix();
      Value right = tangent(operation.b());
      if (active.contains(a)) {
        right = right.minus(Value.of(new BatchProduct(tangent(a), y, operation.transposed())));
      }
      return Value.of(new Solve(a, right, operation.transposed()));
    }

    /** The product of a call is a call of the product. */
    @Override
    public Value call(Call operation) {
      Graph body = operation.graph();
      Map<String, Type> types = new LinkedHashMap<>();
      List<Value> arguments = new ArrayList<>(operation.arguments());
      operation
          .named()
          .forEach(
              (name, argument) -> {
                if (active.contains(argument)) {
                  types.put(name, tangent(argument).type());
                  arguments.add(tangent(argument));
                }
              });
      Graph product =
          products.computeIfAbsent(new ProductKey(body, types), ForwardSweep::productOf);
      return Value.of(new Call(product, arguments, operation.output()));
    }

    @Override
    public Value detach(Operation.Detach operation) {
      return zero(y.type());
    }
  }
}
